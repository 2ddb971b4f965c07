//! Texts as people send them, and as they are kept.

/// A text as it is kept: without spaces around it, with plain line ends, and without the control characters that come along when
/// text is copied from other programs. Nobody sees them, and some databases refuse them.
pub fn plain(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n");
    lines.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_left_out() {
        assert_eq!(plain(" a\u{0}b\u{1b}[1m\u{7f}\u{85} "), "ab[1m");
        assert_eq!(plain("one\r\ntwo\rthree\u{b}four\tfive"), "one\ntwo\nthree\nfour\tfive");
        assert_eq!(plain("\u{0} \u{0}"), "");
        assert_eq!(plain("عربي\u{200f} é"), "عربي\u{200f} é", "marks of direction belong to the text");
    }
}
