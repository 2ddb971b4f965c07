//! Texts as people send them, and as they are kept.

use unicode_normalization::UnicodeNormalization;

/// A text as it is kept: without spaces around it, with plain line ends and composed letters, and without the control characters that
/// come along when text is copied from other programs, which nobody sees and some databases refuse. Characters that turn the
/// direction of what follows are left out as well: beside our own words they would turn those too.
pub fn plain(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n");
    let kept = lines.chars().filter(|c| !turns(*c) && (!c.is_control() || matches!(c, '\n' | '\t')));
    kept.nfc().collect::<String>().trim().to_owned()
}

/// A name as it is kept: a plain text in which nothing is invisible, so that two names that look the same are the same.
pub fn plain_name(name: &str) -> String {
    plain(&name.replace(is_mark, ""))
}

/// Whether a character opens, closes or overrides a direction. Texts need none of them: each is shown apart from the words around it.
/// The marks that belong to single letters (left-to-right, right-to-left, Arabic letter mark) stay in a text, and turn nothing else.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character says something of direction only, or nothing at all: marks of direction, joiners of width zero, the mark of
/// byte order.
pub fn is_mark(c: char) -> bool {
    turns(c) || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// A secret as it is compared: letters composed, and one form of those that have several (full-width digits, ligatures), so that it is the
/// same from every keyboard.
pub fn composed(secret: &str) -> String {
    secret.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_text_beside_it_is_left_out() {
        assert_eq!(plain("Act \u{202e}4102 tcA\u{202c} of \u{2067}the\u{2069} state"), "Act 4102 tcA of the state");
        assert_eq!(plain_name(" Wan\u{200b}jiru\u{200f} \u{202e}Kamau "), "Wanjiru Kamau");
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        assert_eq!(plain("Co\u{302}te"), plain("Côte"));
        assert_eq!(composed("cafe\u{301} １２"), composed("café 12"));
    }

    #[test]
    fn control_characters_are_left_out() {
        assert_eq!(plain(" a\u{0}b\u{1b}[1m\u{7f}\u{85} "), "ab[1m");
        assert_eq!(plain("one\r\ntwo\rthree\u{b}four\tfive"), "one\ntwo\nthree\nfour\tfive");
        assert_eq!(plain("\u{0} \u{0}"), "");
        assert_eq!(plain("عربي\u{200f} é"), "عربي\u{200f} é", "marks of single letters belong to the text");
    }
}
