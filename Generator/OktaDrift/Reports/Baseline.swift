public import YAML

/// Known and accepted changes, each with a reason.
///
/// ```yaml
/// accepted:
///   - fingerprint: 0f3a5c7e9b1d
///     change: "field-removed User.login"   # for readers
///     reason: Okta's document is wrong; responses still have it.
/// ```
public struct Baseline: Sendable, Hashable {
    /// One accepted change.
    public struct Entry: Sendable, Hashable {
        /// The fingerprint of the change.
        public var fingerprint: String
        /// The reason for accepting the change.
        public var reason: String
        /// The location of the entry.
        public var location: SourceLocation?
    }

    /// The entries, in the order of the file.
    public private(set) var entries: [Entry]

    /// Creates a baseline that accepts nothing.
    public init() {
        entries = []
    }

    /// Parses a baseline; nil if it is invalid.
    public init?(_ file: SourceFile, reporting diagnostics: inout Diagnostics) {
        guard let root = YAMLLoader().load(file, reporting: &diagnostics) else { return nil }
        guard root.entries?.map(\.name) == ["accepted"], let list = root["accepted"]?.elements else {
            Self.report("the file must have one list under `accepted`", at: root.location, to: &diagnostics)
            return nil
        }
        entries = []
        var known: Set<String> = []
        for node in list {
            let keys: Set = ["fingerprint", "change", "reason"]
            if let entry = node.entries?.first(where: { !keys.contains($0.name) }) {
                Self.report(
                    "`\(entry.name)` is not a key of an accepted change",
                    at: entry.key.location, to: &diagnostics)
            }
            let digits = node["fingerprint"]?.scalar ?? ""
            guard digits.utf8.count == 12, digits.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
                Self.report(
                    "an accepted change needs its `fingerprint`, twelve hexadecimal digits", at: node.location,
                    to: &diagnostics)
                continue
            }
            let reason = node["reason"]?.scalar ?? ""
            if reason.isEmpty {
                Self.report("state in `reason` why this is accepted", at: node.location, to: &diagnostics)
            }
            if !known.insert(digits).inserted {
                Self.report("the fingerprint \(digits) occurs twice", at: node.location, to: &diagnostics)
            }
            entries.append(Entry(fingerprint: digits, reason: reason, location: node.location))
        }
        if diagnostics.hasErrors { return nil }
    }

    private static func report(_ message: String, at location: SourceLocation, to diagnostics: inout Diagnostics) {
        diagnostics.report(
            Diagnostic(
                rule: "baseline", message, at: location, hint: "each entry is `{fingerprint:, change:, reason:}`"))
    }

    /// Returns the reason for accepting a change; nil if it is not accepted.
    func reason(for fingerprint: String) -> String? {
        entries.first { $0.fingerprint == fingerprint }?.reason
    }
}
