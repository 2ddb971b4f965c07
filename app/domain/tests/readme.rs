//! The diagram in the project's README is the transition table, row by row.

use domain::submissions::transition::diagram;

const README: &str = include_str!("../../../README.md");

#[test]
fn the_diagram_in_the_readme_is_the_transition_table() {
    let block = README.split("```mermaid\n").nth(1).and_then(|rest| rest.split("```").next());
    assert_eq!(block, Some(diagram().as_str()));
}
