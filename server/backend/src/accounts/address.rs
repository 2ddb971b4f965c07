//! Where a request comes from, as it is counted and as it is written down.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The network by which failures are counted: an IPv4 address, or the first half of an IPv6 address, since whoever has one has all
/// others of its half.
pub(crate) fn counted(from: IpAddr) -> String {
    match from.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

/// The network as the log and the audit trail have it, which tells an attack from a crowd and points at no person: the first 24 bits of
/// an IPv4 address, the first 48 of an IPv6 address. The page on privacy names this form.
pub fn logged(from: IpAddr) -> String {
    match from.to_canonical() {
        IpAddr::V4(address) => format!("{}/24", Ipv4Addr::from_bits(address.to_bits() >> 8 << 8)),
        IpAddr::V6(address) => format!("{}/48", Ipv6Addr::from_bits(address.to_bits() >> 80 << 80)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_counted_closely_and_written_down_roughly() {
        let of = |text: &str| {
            let address = text.parse().expect("an address");
            (counted(address), logged(address))
        };
        assert_eq!(of("192.0.2.77"), ("192.0.2.77".into(), "192.0.2.0/24".into()));
        assert_eq!(of("::ffff:192.0.2.77"), ("192.0.2.77".into(), "192.0.2.0/24".into()));
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), ("2001:db8:1:2::/64".into(), "2001:db8:1::/48".into()));
    }
}
