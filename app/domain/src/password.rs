//! What a password has to be: long, and nothing that is guessed first. No rule says which characters it is made of.

use crate::text::composed;
use std::collections::BTreeSet;

/// Least length, in characters.
pub const LEAST: usize = 12;
/// Longest password taken, in bytes, so that hashing cannot be made expensive.
pub const MOST: usize = 1024;

/// The passwords that are guessed first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Common(BTreeSet<String>);

/// Why a password cannot be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// Fewer than [`LEAST`] characters.
    Short,
    /// More than [`MOST`] bytes.
    Long,
    /// It is the e-mail address of the account, or has it inside.
    Address,
    /// It is among those that are guessed first, by itself, repeated, or with digits and signs behind it.
    Common,
}

impl Common {
    /// Reads `passwords.txt`: one a line; lines that begin with `#` and empty ones are left out.
    pub fn parse(text: &str) -> Self {
        Self(text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_lowercase).collect())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a password can be taken for the account of an e-mail address.
    ///
    /// # Errors
    /// The first flaw.
    pub fn check(&self, password: &str, email: &str) -> Result<(), Flaw> {
        let password = composed(password).to_lowercase();
        if password.len() > MOST {
            return Err(Flaw::Long);
        }
        if password.chars().count() < LEAST {
            return Err(Flaw::Short);
        }
        if !email.is_empty() && password.contains(&email.to_lowercase()) {
            return Err(Flaw::Address);
        }
        if self.holds(&password) { Err(Flaw::Common) } else { Ok(()) }
    }

    fn holds(&self, password: &str) -> bool {
        let word = repeated(password);
        let stem = word.trim_end_matches(|c: char| !c.is_alphabetic());
        // What is left of 'qwerty-7f3c…' says nothing: a stem counts where it is most of the password.
        let is_most = stem.chars().count() * 2 > word.chars().count();
        self.0.contains(word) || word.chars().count() <= 2 || (is_most && self.0.contains(repeated(stem)))
    }
}

/// The shortest text that a text is a repetition of: `ab` of `ababab`, and itself where it is none.
fn repeated(text: &str) -> &str {
    let lengths = text.char_indices().map(|(place, _)| place).skip(1).take_while(|length| length * 2 <= text.len());
    let whole = |length: &usize| {
        text.len().is_multiple_of(*length) && text.as_bytes().chunks(*length).all(|chunk| chunk == &text.as_bytes()[..*length])
    };
    lengths.into_iter().find(whole).map_or(text, |length| &text[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaw(password: &str) -> Option<Flaw> {
        Common::parse("# first\npassword\nqwerty\n123456789012\n").check(password, "focal@kenya.example").err()
    }

    #[test]
    fn a_password_is_long_and_needs_no_composition() {
        for right in ["correct horse battery", "kilima cha moto", "كلمة سر طويلة جدا", "zqvhtrnpwdkm", "qwerty-7f3c2a91b0de"]
        {
            assert_eq!(flaw(right), None, "{right}");
        }
        assert_eq!(flaw("eleven char"), Some(Flaw::Short));
        assert_eq!(flaw(&"long ".repeat(300)), Some(Flaw::Long));
        assert_eq!(flaw("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"), Some(Flaw::Short), "letters are counted, not marks");
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for common in
            ["123456789012", "passwordpassword", "Password1234", "PASSWORD!!!!", "qwertyqwerty99", "aaaaaaaaaaaaaaa", "abababababab"]
        {
            assert_eq!(flaw(common), Some(Flaw::Common), "{common}");
        }
        assert_eq!(flaw("Focal@Kenya.example"), Some(Flaw::Address));
        assert_eq!(flaw("my focal@kenya.example"), Some(Flaw::Address));
    }

    #[test]
    fn a_repetition_is_found() {
        assert_eq!((repeated("ababab"), repeated("abcab"), repeated("ééé"), repeated("")), ("ab", "abcab", "é", ""));
    }
}
