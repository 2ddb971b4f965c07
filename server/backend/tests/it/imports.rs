//! Imports, of the real files and of broken ones.

use backend::imports;
use backend::testing::{iso3, reference, shared};
use backend::{Error, RowError, submissions};
use domain::access::Denied;
use domain::period::Round;

const TREATIES: &str = "treaty,mtdsg,participant,iso3,signature_date,action_date,action,as_of,source\n";
const POPULATION: &str = "year,coa_iso,coa_name,pop_type,total,known,child,age_coverage,child_share_of_known\n";

fn problems<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<RowError> {
    match result {
        Err(Error::Import(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

fn places(problems: &[RowError]) -> Vec<(u64, &str)> {
    problems.iter().map(|p| (p.line, p.column.as_str())).collect()
}

both! {
    the_real_treaty_file_is_taken_once(w) {
        let Some(file) = shared("data/treaties/treaty_status_long.csv") else {
            eprintln!("the shared data are not here: the real files are not tried");
            return;
        };
        let admin = w.administrator.actor();
        let first = imports::treaties(&w.b, &reference(), &admin, &file).await.unwrap();
        assert_eq!(first.rows_read, 2992);
        let skipped: u32 = first.skipped.iter().map(|s| s.count).sum();
        assert_eq!(first.taken + skipped, 2992);
        assert_eq!(first.unchanged, 0);
        assert_eq!(first.as_of["CRC"].to_string(), "2026-02-10");
        assert_eq!(first.as_of["UNTOC"].to_string(), "2014-01-27");
        let why = |part: &str| first.skipped.iter().find(|s| s.reason.contains(part)).map(|s| s.count);
        assert_eq!(why("an older list of CRC (of 2014-10-26)"), Some(196));
        assert!(why("Holy See (VAT) is not a member state").is_some());
        assert!(why("European Union has no country code").is_some());
        assert!(why("China neither signed nor became bound").is_some());
        let second = imports::treaties(&w.b, &reference(), &admin, &file).await.unwrap();
        assert_eq!((second.taken, second.unchanged), (0, first.taken));
        assert_eq!(second.skipped, first.skipped);

        let release = w.publish().await;
        let kenya = &release.states[&iso3("KEN")].treaties;
        let crc = kenya.iter().find(|t| t.treaty.as_str() == "CRC").unwrap();
        assert_eq!(crc.bound.map(|d| d.to_string()).as_deref(), Some("1990-07-30"));
        submissions::open(&w.b, &w.focal.actor(), iso3("KEN"), Round(2026)).await.unwrap();
        let view = submissions::report(&w.b, &w.focal.actor(), iso3("KEN"), Round(2026)).await.unwrap();
        assert!(view.answers.values().next().unwrap().answer.is_answered());
    }

    the_real_population_file_is_taken_once(w) {
        let Some(file) = shared("data/unhcr/child_share_by_asylum_2025.csv") else {
            eprintln!("the shared data are not here: the real files are not tried");
            return;
        };
        let admin = w.administrator.actor();
        let first = imports::population(&w.b, &reference(), &admin, &file).await.unwrap();
        assert_eq!(first.rows_read, 620);
        assert_eq!(first.taken + first.skipped.iter().map(|s| s.count).sum::<u32>(), 620);
        let second = imports::population(&w.b, &reference(), &admin, &file).await.unwrap();
        assert_eq!((second.taken, second.unchanged), (0, first.taken));
        let kenya = w.publish().await.states[&iso3("KEN")].displaced.clone();
        let refugees = kenya.iter().find(|d| d.population.as_str() == "REF").unwrap();
        assert_eq!((refugees.total, refugees.age_known, refugees.children), (617_125, 617_125, 305_500));
        assert!(kenya.iter().all(|d| d.population.as_str() != "HST"), "host communities are not displaced");
    }

    the_newest_list_counts_and_a_signature_is_no_bond(w) {
        let file = format!("{TREATIES}CRC,IV-11,Kenya,KEN,1990-01-26,,signature only,2014-10-26,old\n\
            CRC,IV-11,Kenya,KEN,1990-01-26,1990-07-30,ratification,2026-02-10,new\n\
            CMW,IV-13,Chad,TCD,2012-09-26,,signature only,2026-02-10,new\n");
        let report = imports::treaties(&w.b, &reference(), &w.administrator.actor(), file.as_bytes()).await.unwrap();
        assert_eq!((report.taken, report.skipped.len()), (2, 1));
        let release = w.publish().await;
        let chad = &release.states[&iso3("TCD")].treaties[0];
        assert_eq!((chad.bound, chad.action.as_str()), (None, ""));
        // A file with an older list changes nothing.
        let older = format!("{TREATIES}CRC,IV-11,Kenya,KEN,1990-01-26,,signature only,2014-10-26,old\n");
        let report = imports::treaties(&w.b, &reference(), &w.administrator.actor(), older.as_bytes()).await.unwrap();
        assert_eq!((report.taken, report.unchanged, report.skipped[0].column.as_str()), (0, 0, "as_of"));
    }

    a_treaty_that_nobody_knows_is_left_out_with_its_name(w) {
        let file = format!("{TREATIES}CRC,IV-11,Kenya,KEN,1990-01-26,1990-07-30,ratification,2026-02-10,new\n\
            CRCC,IV-11,Kenya,KEN,1990-01-26,soon,ratification,2026-02-10,new\n\
            TRAFFIC_1949,VII-11-a,Mali,MLI,,1964-12-23,accession,2014-01-27,old\n\
            CRCC,IV-11,Mali,MLI,,1990-09-20,ratification,2026-02-10,new\n");
        let report = imports::treaties(&w.b, &reference(), &w.administrator.actor(), file.as_bytes()).await.unwrap();
        let skipped: Vec<_> = report.skipped.iter().map(|s| (s.line, s.column.as_str(), s.reason.as_str(), s.count)).collect();
        assert_eq!((report.taken, skipped), (2, vec![(3, "treaty", "CRCC is no treaty that is known here", 2)]));
    }

    of_two_lists_imported_at_once_the_newer_one_stays(w) {
        let admin = w.administrator.actor();
        let older = format!("{TREATIES}CMW,IV-13,Chad,TCD,2012-09-26,,signature only,2014-10-26,old\n");
        let newer = format!("{TREATIES}CMW,IV-13,Chad,TCD,2012-09-26,2022-02-22,ratification,2026-02-10,new\n");
        let known = reference();
        let (first, second) = tokio::join!(
            imports::treaties(&w.b, &known, &admin, newer.as_bytes()),
            imports::treaties(&w.b, &known, &admin, older.as_bytes())
        );
        first.unwrap();
        second.unwrap();
        assert_eq!(w.publish().await.states[&iso3("TCD")].treaties[0].source, "new");
    }

    a_state_that_a_newer_list_leaves_out_is_kept_with_its_date_and_named(w) {
        let older = format!("{TREATIES}CMW,IV-13,Chad,TCD,,2012-09-26,accession,2014-10-26,old\n\
            CMW,IV-13,Mali,MLI,,2003-06-05,accession,2014-10-26,old\n\
            CRC,IV-11,Togo,TGO,,1990-08-01,ratification,2014-10-26,old\n");
        let report = imports::treaties(&w.b, &reference(), &w.administrator.actor(), older.as_bytes()).await.unwrap();
        assert_eq!((report.taken, report.kept), (3, vec![]));
        let newer = format!("{TREATIES}CMW,IV-13,Mali,MLI,,2003-06-05,accession,2026-02-10,new\n");
        for taken in [1, 0] {
            let report = imports::treaties(&w.b, &reference(), &w.administrator.actor(), newer.as_bytes()).await.unwrap();
            let kept: Vec<String> = report.kept.iter().map(|k| format!("{} {} {}", k.what, k.country, k.as_of)).collect();
            assert_eq!((report.taken, kept), (taken, vec!["CMW TCD 2014-10-26".to_owned()]));
        }
        let release = w.publish().await;
        assert_eq!(release.states[&iso3("TCD")].treaties[0].as_of.to_string(), "2014-10-26");
    }

    each_state_shows_its_newest_year(w) {
        let file = format!("{POPULATION}2024,TCD,Chad,REF,900,900,400,1.0,\n2024,MLI,Mali,REF,50,50,20,1.0,\n\
            2024,MLI,Mali,IDP,70,70,30,1.0,\n2025,TCD,Chad,REF,1000,1000,500,1.0,\n");
        let report = imports::population(&w.b, &reference(), &w.administrator.actor(), file.as_bytes()).await.unwrap();
        assert_eq!(report.hidden, []);
        let release = w.publish().await;
        let shown = |state: &str| release.states[&iso3(state)].displaced.iter().map(|d| (d.year, d.total)).collect::<Vec<_>>();
        assert_eq!(shown("TCD"), [(2025, 1000)]);
        assert_eq!(shown("MLI"), [(2024, 70), (2024, 50)]);
    }

    a_group_that_a_newer_year_does_not_name_is_told(w) {
        let admin = w.administrator.actor();
        let older = format!("{POPULATION}2023,MLI,Mali,IDP,60,60,20,1.0,\n2024,MLI,Mali,IDP,70,70,30,1.0,\n2024,MLI,Mali,REF,50,50,20,1.0,\n2024,TCD,Chad,IDP,9,9,4,1.0,\n");
        imports::population(&w.b, &reference(), &admin, older.as_bytes()).await.unwrap();
        let newer = format!("{POPULATION}2025,MLI,Mali,REF,55,55,22,1.0,\n");
        for taken in [1, 0] {
            let report = imports::population(&w.b, &reference(), &admin, newer.as_bytes()).await.unwrap();
            let hidden: Vec<String> = report.hidden.iter().map(|r| format!("{} {} {}", r.what, r.country, r.as_of)).collect();
            assert_eq!((report.taken, hidden), (taken, vec!["IDP MLI 2024-12-31".to_owned()]));
        }
    }

    no_breakdown_is_not_zero_children(w) {
        let file = format!("{POPULATION}2025,TCD,Chad,REF,1000,0,0,0.0,\n");
        imports::population(&w.b, &reference(), &w.administrator.actor(), file.as_bytes()).await.unwrap();
        let chad = w.publish().await.states[&iso3("TCD")].displaced[0].clone();
        assert_eq!((chad.total, chad.age_known, chad.children), (1000, 0, 0));
    }

    a_broken_file_is_told_row_by_row_and_nothing_is_written(w) {
        let admin = w.administrator.actor();
        let file = format!("{TREATIES}CRC,IV-11,Kenya,KEN,1990-01-26,1990-07-30,ratification,2026-02-10,new\n\
            CRC,IV-11,Chad,Chad,,1990-10-02,ratification,2026-02-10,new\n\
            CRC,IV-11,Mali,MLI,,1990-02-30,ratification,2026-02-10,new\n\
            CRC,IV-11,Togo,TGO\n\
            CRC,IV-11,Kenya,KEN,1990-01-26,1990-07-30,ratification,2026-02-10,new\n");
        let found = problems(imports::treaties(&w.b, &reference(), &admin, file.as_bytes()).await);
        assert_eq!(places(&found), [(5, "")], "rows that are too short are told first");
        let file = file.replace("CRC,IV-11,Togo,TGO\n", "");
        let found = problems(imports::treaties(&w.b, &reference(), &admin, file.as_bytes()).await);
        assert_eq!(places(&found), [(3, "iso3"), (4, "action_date"), (5, "iso3")]);
        assert!(found[1].reason.contains("\"1990-02-30\" is not a day"), "{}", found[1].reason);
        assert!(w.publish().await.states[&iso3("KEN")].treaties.is_empty());
    }

    the_wrong_kind_of_file_is_named(w) {
        let admin = w.administrator.actor();
        let found = problems(imports::treaties(&w.b, &reference(), &admin, POPULATION.as_bytes()).await);
        assert!(found.iter().all(|p| p.line == 1) && found.iter().any(|p| p.column == "treaty"), "{found:?}");
        assert_eq!(places(&problems(imports::treaties(&w.b, &reference(), &admin, b"").await)).len(), 9);
        let found = problems(imports::treaties(&w.b, &reference(), &admin, TREATIES.as_bytes()).await);
        assert_eq!(places(&found), [(1, "")]);
        let mut latin = format!("{TREATIES}CRC,IV-11,").into_bytes();
        latin.extend(b"C\xf4te d'Ivoire,CIV,,1991-02-04,ratification,2026-02-10,new\n");
        let found = problems(imports::treaties(&w.b, &reference(), &admin, &latin).await);
        assert_eq!(found[0].line, 2);
        assert!(found[0].reason.contains("not UTF-8"), "{}", found[0].reason);
        let found = problems(imports::population(&w.b, &reference(), &admin, &vec![b'x'; 20 * 1024 * 1024 + 1]).await);
        assert!(found[0].reason.contains("20 MB"), "{}", found[0].reason);
    }

    figures_that_cannot_be_are_refused(w) {
        let file = format!("{POPULATION}2025,TCD,Chad,REF,10,20,5,1.0,\n2025,TCD,Chad,ASY,10,5,6,1.0,\n2025,TCD,Chad,IDP,-1,0,0,0,\n");
        let found = problems(imports::population(&w.b, &reference(), &w.administrator.actor(), file.as_bytes()).await);
        assert_eq!(places(&found), [(2, "known"), (3, "child"), (4, "total")]);
    }

    the_code_of_one_state_with_the_name_of_another_is_refused_at_its_row(w) {
        let admin = w.administrator.actor();
        let file = format!("{TREATIES}CRC,IV-11,Swaziland,SWZ,,1995-09-07,ratification,2026-02-10,new\n\
            CRC,IV-11,Niger,NGA,,1990-09-30,ratification,2026-02-10,new\n");
        let found = problems(imports::treaties(&w.b, &reference(), &admin, file.as_bytes()).await);
        assert_eq!((places(&found), found[0].reason.as_str()), (vec![(3, "iso3")], "NGA is not the code of Niger; the code of Niger is NER"));
        let file = format!("{POPULATION}2025,TCD,chad,REF,10,5,5,1.0,\n2025,COD,Congo,REF,10,5,5,1.0,\n");
        assert_eq!(places(&problems(imports::population(&w.b, &reference(), &admin, file.as_bytes()).await)), [(3, "coa_iso")]);
    }

    what_lies_in_the_future_or_is_not_known_is_refused_at_its_row(w) {
        let admin = w.administrator.actor();
        let lines = ["CRC,IV-11,Kenya,KEN,1990-01-26,1990-07-30,ratification,2026-02-10,new", "CRC,IV-11,Chad,TCD,,1990-10-02,ratification,2999-01-01,new"];
        for end in ["\n", "\r\n"] {
            let file = format!("{}{end}{}{end}", TREATIES.trim_end(), lines.join(end));
            let found = problems(imports::treaties(&w.b, &reference(), &admin, file.as_bytes()).await);
            assert_eq!(places(&found), [(3, "as_of")], "the same row whatever ends the lines");
        }
        let file = format!("{POPULATION}2099,TCD,Chad,REF,10,5,5,1.0,\n2025,TCD,Chad,XYZ,10,5,5,1.0,\n");
        let found = problems(imports::population(&w.b, &reference(), &admin, file.as_bytes()).await);
        assert_eq!(places(&found), [(2, "year"), (3, "pop_type")]);
    }

    persons_moved_to_another_group_are_not_counted_twice(w) {
        let admin = w.administrator.actor();
        let old = "2024,TCD,Chad,OIP,10,5,5,1.0,\n2025,MLI,Mali,OIP,10,5,5,1.0,\n";
        let file = format!("{POPULATION}2025,TCD,Chad,REF,900,900,400,1.0,\n2025,TCD,Chad,OIP,100,100,50,1.0,\n{old}");
        imports::population(&w.b, &reference(), &admin, file.as_bytes()).await.unwrap();
        let corrected = format!("{POPULATION}2025,TCD,Chad,REF,1000,1000,450,1.0,\n");
        let report = imports::population(&w.b, &reference(), &admin, corrected.as_bytes()).await.unwrap();
        assert_eq!((report.taken, report.unchanged), (1, 0));
        let removed: Vec<String> = report.removed.iter().map(|r| format!("{} {} {}", r.what, r.country, r.as_of)).collect();
        assert_eq!(removed, ["OIP TCD 2025-12-31"]);
        let release = w.publish().await;
        let shown = |state: &str| release.states[&iso3(state)].displaced.iter().map(|d| (d.year, d.total)).collect::<Vec<_>>();
        assert_eq!((shown("TCD"), shown("MLI")), (vec![(2025, 1000)], vec![(2025, 10)]));
        let again = imports::population(&w.b, &reference(), &admin, corrected.as_bytes()).await.unwrap();
        assert_eq!((again.taken, again.unchanged, again.removed.len()), (0, 1, 0));
    }

    only_administrators_and_the_operator_import(w) {
        let refused = imports::treaties(&w.b, &reference(), &w.head.actor(), TREATIES.as_bytes()).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::Hidden))));
    }
}
