/// Recognises one of Okta's domains that is written wrongly, such as `okta.ocm`: who follows it gives the token to a stranger.
///
/// One rule tells it from a custom domain: of the two parts of a domain, its name and its ending, one is right and the other
/// a slip. A name is a slip when it begins with the right letter and costs at most two fifths of its length (``Spelling``);
/// so `okat` and `oktta` are slips, and `octa` and `kota` names of their own. An ending is one whatever it is, since nobody
/// but Okta is called so; but not one that is reserved for tests and private networks.
enum OktaDomainSlip {
    /// The domain that is meant, and the host in it; nil for a host that is right, or somebody else's.
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

    /// How many labels at the end of a host are a slip of a domain; nil for none. An org's name stands before them.
    private static func slip(_ labels: [String], name: String, ending: String) -> Int? {
        guard let last = labels.last, !reserved.contains(last) else { return nil }
        if labels.count > 1, last == name + ending { return 1 }
        guard labels.count > 2 else { return nil }
        let before = labels[labels.count - 2]
        if before == name { return 2 }
        if last == ending || Spelling(last).cost(to: ending) == 1, isSlip(before, of: name) { return 2 }
        // As in okta.com.au: below a country, endings have a label of their own.
        let isCountry = last.utf8.count == 2 && ["com", "co", "org", "net", "gov", "mil"].contains(before)
        return isCountry && labels.count > 3 && labels[labels.count - 3] == name ? 3 : nil
    }

    private static func isSlip(_ text: String, of name: String) -> Bool {
        text.utf8.first == name.utf8.first && (1...name.utf8.count * 2 / 5).contains(Spelling(text).cost(to: name))
    }

    /// Domains that are nobody's on the internet (RFC 2606, RFC 6761, RFC 6762, and the usual private ones).
    private static let reserved: Set<String> = [
        "test", "example", "invalid", "localhost", "local", "internal", "lan", "home", "corp", "intranet", "private",
    ]
}
