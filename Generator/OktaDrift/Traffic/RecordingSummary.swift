import YAML

/// A summary of recordings, in addition to the differences.
public struct RecordingSummary: Sendable, Hashable {
    /// A host with the number of its exchanges.
    public struct Host: Sendable, Hashable {
        /// The name as recorded, in lower case; `no host` for paths alone.
        public var name: String
        /// The number of exchanges with it.
        public var exchanges: Int
    }

    /// The number of compared exchanges.
    public var exchanges: Int
    /// The hosts of these, sorted by name.
    public var hosts: [Host]
    /// The hosts whose exchanges were not compared, most exchanges first: at most ten.
    public var otherHosts: [Host]
    /// The number of other hosts.
    public var otherHostCount: Int
    /// The number of exchanges with other hosts, which were not compared.
    public var otherExchanges: Int
    /// The number of responses that were too large to compare.
    public var longBodies: Int
    /// The number of responses that were not compared because their body is not JSON as expected.
    public var otherBodies: Int
    /// The number of occurrences of differences that are not listed, because there are too many.
    public var omittedFindings: Int

    /// The number of exchanges in words, such as `1 exchange`.
    public var exchangesInWords: String { exchanges.counted("exchange") }

    /// The summary in lines.
    var lines: [String] {
        var lines: [String] = []
        if !hosts.isEmpty {
            lines.append("hosts: \(hosts.map(Self.text).joined(separator: ", "))")
        }
        if otherExchanges > 0 {
            let further = otherHostCount - otherHosts.count
            let names = otherHosts.map(Self.text).joined(separator: ", ") + (further > 0 ? " and \(further) more" : "")
            lines.append(
                "not compared: \(otherExchanges.counted("exchange")) of \(otherHostCount.counted("other host")): "
                    + "\(names); pass the host of an org with --host")
        }
        if longBodies > 0 {
            lines.append(
                "not compared: \(longBodies.counted("response")) of more than \(RecordedExchange.maximumBody >> 20) MiB"
            )
        }
        if otherBodies > 0 {
            lines.append(
                "not compared: \(otherBodies.counted("response")) whose body is not JSON; record bodies as text, "
                    + "without compression")
        }
        if omittedFindings > 0 {
            lines.append(
                "not listed: what \(omittedFindings.counted("more place")) showed, after the first "
                    + "\(TrafficFindings.maximum) differences")
        }
        return lines
    }

    private static func text(_ host: Host) -> String { "\(host.name) (\(host.exchanges))" }
}

/// The hosts of recordings with their exchanges; the number of names per recording is limited.
struct HostCounts {
    private var counts: [String: Int] = [:]
    private(set) var total = 0

    /// The maximum number of names, which is more than any browser session has.
    static let maximum = 2_000

    mutating func add(_ name: String, _ exchanges: Int = 1) {
        total += exchanges
        if counts[name] == nil, counts.count >= Self.maximum {
            counts["further hosts", default: 0] += exchanges
        } else {
            counts[name, default: 0] += exchanges
        }
    }

    mutating func add(_ other: HostCounts) {
        for (name, count) in other.counts { add(name, count) }
    }

    var count: Int { counts.count }

    /// The hosts, most exchanges first.
    var byExchanges: [RecordingSummary.Host] {
        byName.sorted { ($1.exchanges, $0.name) < ($0.exchanges, $1.name) }
    }

    /// The hosts, sorted by name.
    var byName: [RecordingSummary.Host] {
        counts.map { RecordingSummary.Host(name: $0.key, exchanges: $0.value) }.sorted { $0.name < $1.name }
    }
}
