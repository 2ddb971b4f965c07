//! Who may do what, as a table that can be read without knowing the code.

use domain::access::{Actor, Denied, Role, Subject, Verb, allow};
use domain::country::Iso3;
use domain::id::AccountId;

fn person(role: Role) -> Actor {
    let kenya: Iso3 = "KEN".parse().expect("a code");
    let account: AccountId = "00000000-0000-0000-0000-000000000001".parse().expect("an id");
    Actor::Person { account, role, country: role.has_country().then_some(kenya) }
}

fn word(answer: Result<(), Denied>) -> &'static str {
    match answer {
        Ok(()) => "yes",
        Err(Denied::SignIn) => "sign in",
        Err(Denied::Hidden) => "-",
    }
}

#[test]
fn who_may_do_what() {
    let code = |text: &str| -> Iso3 { text.parse().expect("a code") };
    let subjects = [
        ("public pages", Subject::Public),
        ("Kenya's report", Subject::ReportOf(code("KEN"))),
        ("Uganda's report", Subject::ReportOf(code("UGA"))),
        ("board of reports", Subject::Board),
        ("next release", Subject::Release),
        ("accounts", Subject::Accounts),
        ("own account", Subject::OwnAccount),
        ("imports", Subject::Imports),
        ("rounds", Subject::Rounds),
    ];
    let actors = [
        ("anonymous", Actor::Anonymous),
        ("contributor", person(Role::Contributor)),
        ("focal point", person(Role::FocalPoint)),
        ("officer", person(Role::Officer)),
        ("head", person(Role::Head)),
        ("administrator", person(Role::Administrator)),
        ("command line", Actor::Operator),
    ];
    let mut grid = String::from(
        "Contributor and focal point are Kenya's. yes: may; -: not found; sign in: sent to sign in.\n\
         Combinations that nobody may do are left out.\n\n",
    );
    grid += &format!("{:<17}{:<8}", "what", "how");
    actors.iter().for_each(|(name, _)| grid += &format!("| {name:<14}"));
    for (name, subject) in &subjects {
        for verb in Verb::ALL {
            let answers: Vec<_> = actors.iter().map(|(_, actor)| allow(actor, verb, subject)).collect();
            if answers.iter().all(Result::is_err) {
                continue;
            }
            grid = grid.trim_end().to_owned() + "\n" + &format!("{name:<17}{:<8}", format!("{verb:?}").to_lowercase());
            answers.into_iter().for_each(|answer| grid += &format!("| {:<14}", word(answer)));
        }
    }
    insta::assert_snapshot!("access_grid", grid.trim_end());
}
