//! The query of an address: every state of a view is in it, and a value that there is not is refused by name.

use crate::error::AppError;
use std::str::FromStr;

/// Parameters that other sites and mail programs add to addresses that they pass on; they ask for nothing here.
const TRACKING: [&str; 9] = ["fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "mc_cid", "mc_eid", "igshid"];

/// A parsed query.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query; parts that are not a name and a value are left out.
    pub fn parse(text: &str) -> Self {
        Self(serde_urlencoded::from_str(text).unwrap_or_default())
    }

    /// The last value of a parameter; none where it is missing or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).filter(|v| !v.is_empty())
    }

    /// The value of a parameter that stands in the address once; none where it is missing or empty.
    ///
    /// # Errors
    /// `BadQuery` that names the parameter where it stands there more than once: nobody can tell which is meant.
    pub fn single(&self, name: &str) -> Result<Option<&str>, AppError> {
        let values: Vec<&str> = self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect();
        if values.len() > 1 {
            return Err(AppError::bad_query(name, &values.join(", ")));
        }
        Ok(self.get(name))
    }

    /// Holds the query to the parameters that the address takes; what only tracks readers is passed over.
    ///
    /// # Errors
    /// `BadParameter` that names the first other one: nobody is to take a whole for the part that they asked for.
    pub fn only(&self, known: &[&str]) -> Result<(), AppError> {
        let is_tracking = |name: &str| name.starts_with("utm_") || TRACKING.contains(&name);
        match self.0.iter().map(|(name, _)| name.as_str()).find(|name| !known.contains(name) && !is_tracking(name)) {
            Some(other) => Err(AppError::bad_parameter(other, known)),
            None => Ok(()),
        }
    }

    /// The value of a parameter as a type.
    ///
    /// # Errors
    /// `BadQuery` that names the parameter.
    pub fn read<T: FromStr>(&self, name: &str) -> Result<Option<T>, AppError> {
        self.single(name)?.map(|text| text.parse().map_err(|_| AppError::bad_query(name, text))).transpose()
    }

    /// The value of a parameter, looked up; `find` gives none where there is no such thing.
    ///
    /// # Errors
    /// `BadQuery` that names the parameter.
    pub fn find<T>(&self, name: &str, find: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, AppError> {
        self.single(name)?.map(|text| find(text).ok_or_else(|| AppError::bad_query(name, text))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::period::Round;

    #[test]
    fn a_value_that_there_is_not_is_refused_by_name() {
        let query = Query::parse("round=abc&region=");
        assert_eq!(query.read::<Round>("round"), Err(AppError::BadQuery { parameter: "round".into(), given: "abc".into() }));
        assert_eq!(query.read::<Round>("region"), Ok(None));
        assert_eq!(query.read::<Round>("nothing"), Ok(None));
    }

    #[test]
    fn a_parameter_that_is_repeated_is_refused_by_name() {
        let query = Query::parse("round=2026&x=1&round=2024&x=2");
        assert_eq!(query.read::<Round>("round"), Err(AppError::BadQuery { parameter: "round".into(), given: "2026, 2024".into() }));
        assert_eq!(query.read::<Round>("region"), Ok(None));
    }

    #[test]
    fn a_parameter_that_there_is_not_is_refused_and_a_tracking_one_passed_over() {
        let known = ["state", "round"];
        assert_eq!(Query::parse("state=KEN&utm_source=mail&fbclid=1").only(&known), Ok(()));
        let refused = AppError::BadParameter { parameter: "stat".into(), known: "state, round".into() };
        assert_eq!(Query::parse("round=2026&stat=").only(&known), Err(refused));
    }
}
