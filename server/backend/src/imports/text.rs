//! The bytes of a CSV file as text that can be read in one way only: UTF-8, composed letters, one kind of line end, quotes in pairs.

use super::findings::{problem, refuse};
use crate::error::{Error, Result, RowError};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Largest file taken, in bytes.
pub const LARGEST: usize = 20 * 1024 * 1024;

/// The text of a file, with `\n` at the end of every line, so that lines are counted alike whatever ended them.
///
/// # Errors
/// `Import` where the file is too large, is not UTF-8, or has quotes that can be read in two ways.
pub(super) fn text(file: &[u8]) -> Result<String> {
    let whole = |reason: String| Err(Error::Import(vec![problem(0, "", reason)]));
    if file.len() > LARGEST {
        return whole(format!("the file has more than {LARGEST} bytes (20 MB)"));
    }
    if file.starts_with(&[0xff, 0xfe]) || file.starts_with(&[0xfe, 0xff]) {
        return whole("the file is in UTF-16, which spreadsheets call Unicode text; save it as CSV in UTF-8".to_owned());
    }
    let text = std::str::from_utf8(file).map_err(|error| {
        let line = 1 + lines(&String::from_utf8_lossy(&file[..error.valid_up_to()])).matches('\n').count();
        let reason = "not UTF-8 text; save the file as CSV in UTF-8".to_owned();
        Error::Import(vec![problem(u64::try_from(line).unwrap_or(0), "", reason)])
    })?;
    // A file that went through two programs may carry two marks.
    let text = lines(text.trim_start_matches('\u{feff}'));
    refuse(quotes(&text))?;
    Ok(if is_nfc(&text) { text } else { text.nfc().collect() })
}

/// Line ends of Windows and of the first Macintosh as those of Unix.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Where the scan of quotes stands.
enum At {
    FieldStart,
    Bare,
    /// In a quoted field; whether it has gone over a line end.
    Quoted {
        over: bool,
    },
    /// After a quote in a quoted field: its end, or half of a quote that is meant.
    Closing {
        over: bool,
    },
}

/// What can be read in two ways. A reader of CSV takes what follows an open quote for one long field, and with it rows.
fn quotes(text: &str) -> Vec<RowError> {
    let mut problems = Vec::new();
    let (mut line, mut opened) = (1, 1);
    let mut at = At::FieldStart;
    let ended = |over: bool, opened: u64, problems: &mut Vec<RowError>| {
        if over {
            let reason = "a field in quotes that begins here goes over the end of the line; write each row in one line";
            problems.push(problem(opened, "", reason.to_owned()));
        }
    };
    for c in text.chars() {
        at = match (at, c) {
            (At::FieldStart, '"') => {
                opened = line;
                At::Quoted { over: false }
            }
            (At::FieldStart | At::Bare, ',' | '\n') => At::FieldStart,
            (At::Bare, '"') => {
                let reason = "a quote inside a field: put the whole field in quotes and write this quote twice";
                problems.push(problem(line, "", reason.to_owned()));
                At::Bare
            }
            (At::FieldStart | At::Bare, _) => At::Bare,
            (At::Quoted { over }, '"') => At::Closing { over },
            (At::Quoted { over }, c) => At::Quoted { over: over || c == '\n' },
            (At::Closing { over }, '"') => At::Quoted { over },
            (At::Closing { over }, ',' | '\n') => {
                ended(over, opened, &mut problems);
                At::FieldStart
            }
            (At::Closing { over }, _) => {
                ended(over, opened, &mut problems);
                let reason = format!("text after the quote that ends a field; the field began in line {opened}");
                problems.push(problem(line, "", reason));
                At::Bare
            }
        };
        line += u64::from(c == '\n');
    }
    match at {
        At::Quoted { .. } => {
            let reason = "a quote that begins here is never closed; all that follows would be one field".to_owned();
            problems.push(problem(opened, "", reason));
        }
        At::Closing { over } => ended(over, opened, &mut problems),
        At::FieldStart | At::Bare => {}
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(u64, String)> {
        quotes(text).into_iter().map(|p| (p.line, p.reason.chars().take(24).collect())).collect()
    }

    #[test]
    fn quotes_in_pairs_are_right() {
        assert_eq!(found("a,b\n\"x, y\",\"say \"\"no\"\"\"\n\"\",\n"), []);
        assert_eq!(found("a\n\"x\""), []);
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_told_with_its_line() {
        assert_eq!(found("a,b\n1,\"open\n2,x\n3,y\n"), [(2, "a quote that begins here".into())]);
        assert_eq!(found("a,b\n1,\"over\nthe end\"\n2,x\n"), [(2, "a field in quotes that b".into())]);
        assert_eq!(found("a,b\n1,Cote d\"Ivoire\n"), [(2, "a quote inside a field: ".into())]);
        assert_eq!(found("a,b\n1, \"spaced\"\n").len(), 2);
        assert_eq!(found("a,b\n1,\"one\" two\n"), [(2, "text after the quote tha".into())]);
        let swallowed = found("a,b\n1,\"open\n2,x\n3,\"y\"\n");
        assert_eq!(
            swallowed,
            [(2, "a field in quotes that b".into()), (4, "text after the quote tha".into()), (4, "a quote inside a field: ".into())]
        );
    }

    #[test]
    fn lines_are_counted_alike_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let file = ["a,b", "1,2", "3,\"x"].join(end);
            let Err(Error::Import(found)) = text(file.as_bytes()) else { panic!("an open quote") };
            assert_eq!(found[0].line, 3, "{end:?}");
        }
        let Err(Error::Import(found)) = text(b"a\r1\r\xe9\r") else { panic!("not UTF-8") };
        assert_eq!(found[0].line, 3);
        assert_eq!(text(b"a\r1\r\n2\n3").expect("right"), "a\n1\n2\n3");
    }

    #[test]
    fn marks_at_the_beginning_are_left_out_and_letters_composed() {
        assert_eq!(text("\u{feff}\u{feff}a\nCo\u{302}te".as_bytes()).expect("right"), "a\nCôte");
        assert!(matches!(text(&[0xff, 0xfe, b'a', 0]), Err(Error::Import(p)) if p[0].reason.contains("UTF-16")));
    }
}
