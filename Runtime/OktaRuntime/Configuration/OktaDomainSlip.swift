/// Detects a misspelled Okta domain, such as `okta.ocm`, to which the token would otherwise be sent.
///
/// A domain consists of a name and an ending. It is a misspelling, rather than a custom domain, if one part is correct
/// and the other is a typo. A name is a typo if its first letter is correct and its edit distance is at most two fifths
/// of its length (``Spelling``): `okat` and `oktta` are typos, but `octa` and `kota` are other names. Any wrong ending
/// is a typo, since only Okta has the name, except for endings that are reserved for tests and private networks.
enum OktaDomainSlip {
    /// Returns the intended domain, and the host with it; `nil` for a correct host or an unrelated one.
    static func correction(of host: String, domains: [String]) -> (meant: String, host: String)? {
        guard !domains.contains(where: { host == $0 || host.hasSuffix(".\($0)") }) else { return nil }
        let labels = host.split(separator: ".").map(String.init)
        for domain in domains {
            let parts = domain.split(separator: ".").map(String.init)
            guard parts.count == 2, let count = slip(labels, name: parts[0], ending: parts[1]) else { continue }
            return (domain, (labels.dropLast(count) + [domain]).joined(separator: "."))
        }
        return nil
    }

    /// Returns the number of labels at the end of a host that misspell a domain, after the org's name; `nil` if there
    /// are none.
    private static func slip(_ labels: [String], name: String, ending: String) -> Int? {
        guard let last = labels.last, !reserved.contains(last) else { return nil }
        if labels.count > 1, last == name + ending { return 1 }
        guard labels.count > 2 else { return nil }
        let before = labels[labels.count - 2]
        if before == name { return 2 }
        if last == ending || Spelling(last).cost(to: ending) == 1, isSlip(before, of: name) { return 2 }
        // Country-code domains may have a second-level ending, as in okta.com.au.
        let isCountry = last.utf8.count == 2 && ["com", "co", "org", "net", "gov", "mil"].contains(before)
        return isCountry && labels.count > 3 && labels[labels.count - 3] == name ? 3 : nil
    }

    private static func isSlip(_ text: String, of name: String) -> Bool {
        text.utf8.first == name.utf8.first && (1...name.utf8.count * 2 / 5).contains(Spelling(text).cost(to: name))
    }

    /// Top-level domains that do not exist on the internet: those of RFC 2606, RFC 6761 and RFC 6762, and common
    /// private ones.
    private static let reserved: Set<String> = [
        "test", "example", "invalid", "localhost", "local", "internal", "lan", "home", "corp", "intranet", "private",
    ]
}
