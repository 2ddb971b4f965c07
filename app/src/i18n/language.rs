//! The one list of languages. All else that depends on a language asks it.

use std::str::FromStr;

/// Makes the list: a variant, its code, its locale and direction of writing, its own name.
macro_rules! languages {
    ($($(#[$doc:meta])* $language:ident $code:literal $locale:literal $dir:literal $name:literal)*) => {
        /// A language of the interface.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, strum::Display, strum::EnumString, strum::IntoStaticStr)]
        pub enum Language {
            $($(#[$doc])* #[strum(serialize = $code)] $language,)*
        }

        impl Language {
            /// All languages in the order in which they are offered.
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$language),*];

            /// The locale by whose rules texts are put together. Digits are Western ones in all languages, so that a figure on a
            /// page and in a download is the same text.
            pub(super) fn locale(self) -> &'static str {
                match self { $(Self::$language => $locale,)* }
            }

            /// The direction of writing: `ltr` or `rtl`.
            pub fn dir(self) -> &'static str {
                match self { $(Self::$language => $dir,)* }
            }

            /// The language's own name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$language => $name,)* }
            }
        }
    };
}

// In the order in which they are offered. A text that a language lacks is shown in the first one.
languages! {
    /// English, as the United Nations spell it.
    En "en" "en-GB-u-nu-latn" "ltr" "English"
    /// French.
    Fr "fr" "fr-u-nu-latn" "ltr" "Français"
    /// Arabic.
    Ar "ar" "ar-u-nu-latn" "rtl" "العربية"
}

impl Language {
    /// The code in addresses, in `lang` and in content.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The first language of a path (`/fr/gaps`), if it begins with one.
    pub fn of_path(path: &str) -> Option<Self> {
        Self::from_str(path.trim_start_matches('/').split('/').next()?).ok()
    }

    /// The best language for an `Accept-Language` header; English where none fits.
    pub fn accepted(header: &str) -> Self {
        let mut best = (0.0_f32, Self::En);
        for range in header.split(',') {
            let (tag, rest) = range.split_once(';').unwrap_or((range, ""));
            let quality = rest.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse).unwrap_or(0.0);
            let primary = tag.trim().split('-').next().unwrap_or("").to_ascii_lowercase();
            if let Ok(language) = primary.parse()
                && quality > best.0
            {
                best = (quality, language);
            }
        }
        best.1
    }
}
