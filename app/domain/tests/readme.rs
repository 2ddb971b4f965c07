//! The diagram in the project's README is the transition table, row by row.

use domain::access::Role;
use domain::submissions::transition::{Step, TRANSITIONS, Transition};

const README: &str = include_str!("../../../README.md");

/// What a row of the table looks like in the diagram.
fn drawn(row: &Transition) -> String {
    let step = match row.step {
        Step::Open => "open",
        Step::Submit => "submit",
        Step::StartReview => "start review",
        Step::Return => "return",
        Step::Accept => "accept",
        Step::Publish => "publish",
        Step::Correct => "correct",
        Step::Supersede => "supersede",
    };
    let who: Vec<String> = row.who.iter().map(|role: &Role| role.as_str().replace('_', " ")).collect();
    format!("{} --> {}: {step} ({})", row.from, row.to, who.join(", "))
}

#[test]
fn the_diagram_in_the_readme_is_the_transition_table() {
    let mut diagram: Vec<String> = README
        .lines()
        .skip_while(|line| *line != "stateDiagram-v2")
        .skip(1)
        .take_while(|line| *line != "```")
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.starts_with("[*]"))
        .collect();
    let mut table: Vec<String> = TRANSITIONS.iter().map(drawn).collect();
    diagram.sort();
    table.sort();
    assert_eq!(diagram, table);
}
