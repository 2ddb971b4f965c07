//! Finding a state by its name in any language, or by its code.

use domain::country::State;

/// Letters only, in lower case and without the commonest accents, so that `cote` finds Côte d'Ivoire.
fn plain(text: &str) -> String {
    let fold = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'أ' | 'إ' | 'آ' => 'ا',
        other => other,
    };
    text.to_lowercase().chars().map(fold).collect()
}

/// Whether a state is meant by what was searched: its code or a part of its name in any language.
pub(super) fn matches(state: &State, search: &str) -> bool {
    let search = plain(search);
    search.is_empty() || state.iso3.as_str().eq_ignore_ascii_case(&search) || state.names.values().any(|name| plain(name).contains(&search))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::country::M49;

    #[test]
    fn a_search_forgives_accents_and_takes_codes() {
        let names = [("en".to_owned(), "Côte d’Ivoire".to_owned()), ("ar".to_owned(), "كوت ديفوار".to_owned())].into();
        let state = State {
            iso3: "CIV".parse().expect("a code"),
            subregion: M49(11),
            region: M49(2),
            names,
            point: (0.0, 0.0),
            ldc: false,
            lldc: false,
            sids: false,
        };
        assert!(matches(&state, "cote"));
        assert!(matches(&state, "civ"));
        assert!(matches(&state, "كوت"));
        assert!(!matches(&state, "kenya"));
    }
}
