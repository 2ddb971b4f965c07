//! What is said on the terminal.

use std::io::Write;

/// Writes a line to standard output. A reader that went away is no error of ours.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A table for the terminal: columns as wide as their widest cell, the last one as it comes.
pub(crate) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([heads[column].chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells.zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        format!("  {}", padded.join("  ").trim_end())
    };
    let mut lines = vec![line(&mut heads.iter().copied())];
    lines.extend(rows.iter().map(|row| line(&mut row.iter().map(String::as_str))));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_aligned_by_its_widest_cells() {
        let rows = vec![vec!["7".to_owned(), "iso3".to_owned(), "no such state: XXX".to_owned()]];
        assert_eq!(table(&["line", "column", "reason"], &rows), "  line  column  reason\n  7     iso3    no such state: XXX");
    }
}
