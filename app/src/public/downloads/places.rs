//! How many downloads are written at once, in all and to one address.

use crate::error::AppError;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many downloads are written at once; each holds a thread, of which passwords and static files need some too.
const AT_ONCE: usize = 64;
/// How many of them to one address: an office behind one address can work, and nobody alone keeps all others out.
const TO_ONE: usize = 16;
/// The places of this server.
pub(super) static PLACES: Places = Places(Mutex::new(BTreeMap::new()));

/// Downloads that are being written, by the address that they go to.
pub(super) struct Places(Mutex<BTreeMap<IpAddr, usize>>);

/// The place of one download, free again when it is dropped.
pub(super) struct Place<'a> {
    of: &'a Places,
    address: IpAddr,
}

impl Places {
    /// A place for one more download.
    ///
    /// # Errors
    /// `Busy` where too many are being written already, in all or to this address.
    pub(super) fn take(&self, address: IpAddr) -> Result<Place<'_>, AppError> {
        let address = match address.to_canonical() {
            // Whoever has an IPv6 address has all others that begin with the same half.
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
            address => address,
        };
        let mut taken = self.taken();
        let in_all: usize = taken.values().sum();
        let to_one = taken.entry(address).or_default();
        if in_all >= AT_ONCE || *to_one >= TO_ONE {
            taken.retain(|_, count| *count > 0);
            return Err(AppError::Busy);
        }
        *to_one += 1;
        Ok(Place { of: self, address })
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<IpAddr, usize>> {
        // Who panicked while counting left whole numbers behind all the same.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
        }
        taken.retain(|_, count| *count > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn one_address_gets_a_quarter_of_the_places_and_gives_them_back() {
        let places = Places(Mutex::default());
        let address = |last: u8| IpAddr::V4(Ipv4Addr::new(192, 0, 2, last));
        let take = |last: u8, count: usize| (0..count).map(|_| places.take(address(last))).collect::<Result<Vec<_>, _>>();
        let first = take(1, 16).expect("a quarter");
        assert_eq!(places.take(address(1)).err(), Some(AppError::Busy));
        let others = [2, 3, 4].map(|last| take(last, 16).expect("another quarter"));
        assert_eq!(places.take(address(5)).err(), Some(AppError::Busy), "none is left");
        drop(first);
        drop(places.take(address(5)).expect("there are some again"));
        drop(others);
        assert_eq!(*places.taken(), BTreeMap::new());
    }
}
