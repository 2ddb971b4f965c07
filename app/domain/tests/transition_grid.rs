//! The way of a report as a table that can be read without knowing the code: from where, by which step, to where, by whom.

use domain::access::Role;
use domain::submissions::transition::{ReportState, Step, TRANSITIONS, take};

/// Letters of the roles that may take the step, in the order of the legend.
fn letters(from: ReportState, step: Step) -> String {
    let roles = [(Role::Contributor, 'c'), (Role::FocalPoint, 'f'), (Role::Officer, 'o'), (Role::Head, 'h'), (Role::Administrator, 'a')];
    roles.into_iter().filter(|(role, _)| take(from, step, *role).is_ok()).map(|(_, letter)| letter).collect()
}

#[test]
fn the_way_of_a_report() {
    let mut grid = String::from("Who: c contributor, f focal point, o officer, h head of the secretariat, a administrator\n\n");
    grid += &format!("{:<12}", "from");
    Step::ALL.iter().for_each(|step| grid += &format!("| {:<18}", step.as_str()));
    for from in ReportState::ALL {
        grid = grid.trim_end().to_owned() + "\n" + &format!("{:<12}", from.as_str());
        for step in Step::ALL {
            let to = Role::ALL.into_iter().find_map(|role| take(from, step, role).ok());
            let cell = to.map_or("-".to_owned(), |to| format!("{to} ({})", letters(from, step)));
            grid += &format!("| {cell:<18}");
        }
    }
    insta::assert_snapshot!("transition_grid", grid.trim_end());
}

#[test]
fn no_state_and_step_lead_to_two_places() {
    for (at, one) in TRANSITIONS.iter().enumerate() {
        assert!(TRANSITIONS[at + 1..].iter().all(|other| (one.from, one.step) != (other.from, other.step)), "{one:?}");
    }
}
