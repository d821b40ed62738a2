import YAML

/// The state of one recording while it is read.
struct RecordingSession {
    /// The role of a host.
    enum Role {
        case org
        /// Possibly the only host of the recording.
        case candidate
        case other
    }

    let orgs: OrgHosts
    let isOfBrowser: Bool
    private(set) var orgCounts = HostCounts()
    private var others = HostCounts()
    /// The findings for the only host, as long as there is only one.
    private(set) var ofOnlyHost = TrafficFindings()
    /// The bodies of the only host that were not compared.
    var uncomparedOfOnlyHost = UncomparedBodies()
    private var candidate: String?
    private var known: [String: Bool] = [:]
    private var hasOthers = false

    init(orgs: OrgHosts, isOfBrowser: Bool) {
        (self.orgs, self.isOfBrowser) = (orgs, isOfBrowser)
    }

    mutating func add(_ host: String, isOfBrowser: Bool) -> Role {
        if isOrg(host) {
            orgCounts.add(host)
            dropCandidate()
            return .org
        }
        others.add(host)
        guard !orgs.areAskedFor, !hasOthers, !self.isOfBrowser, !isOfBrowser, candidate ?? host == host else {
            dropCandidate()
            return .other
        }
        candidate = host
        return .candidate
    }

    private mutating func isOrg(_ host: String) -> Bool {
        if let known = known[host] { return known }
        let isOrg = orgs.contains(host)
        if known.count < HostCounts.maximum { known[host] = isOrg }
        return isOrg
    }

    private mutating func dropCandidate() {
        hasOthers = true
        guard candidate != nil else { return }
        candidate = nil
        ofOnlyHost = TrafficFindings()
        uncomparedOfOnlyHost = UncomparedBodies()
    }

    /// The host that counts as an org because there is no other.
    var onlyHost: RecordingSummary.Host? { candidate == nil ? nil : others.byName.first }

    /// The exchanges that were not compared.
    var otherCounts: HostCounts { candidate == nil ? others : HostCounts() }
}

/// The bodies that could not be compared, by reason.
struct UncomparedBodies {
    /// The reason that a body could not be compared.
    enum Reason {
        case length
        /// The body should be JSON but is not, such as a compressed body or a proxy's page.
        case content
    }

    private(set) var long = 0
    private(set) var other = 0

    mutating func add(_ reason: Reason?) {
        switch reason {
        case .length: long += 1
        case .content: other += 1
        case nil: break
        }
    }

    mutating func add(_ more: UncomparedBodies) {
        long += more.long
        other += more.other
    }
}

/// The parts of a recording that are not exchanges: their number, and the locations of the first ones.
struct UnreadableParts {
    private let name: String
    private var lines: [Int] = []
    private var count = 0
    private var lastLine: Int?

    /// The maximum number of locations to show.
    private static let maximum = 3

    init(of name: String) {
        self.name = name
    }

    mutating func add(_ line: Int) {
        count += 1
        if lines.count < Self.maximum { lines.append(line) }
    }

    /// Records that the recording cannot be read from a line on.
    mutating func end(_ line: Int) {
        add(line)
        lastLine = line
    }

    /// All unreadable parts as one change.
    var change: Change? {
        guard let first = lines.first else { return nil }
        let mark = SourceMark(line: first, column: 1)
        let places = lines.map(String.init).joined(separator: ", ")
        var detail =
            "\(count.counted("time")), \(count > lines.count ? "such as" : "in") "
            + "\(lines.count == 1 ? "line" : "lines") \(places)"
        if let lastLine { detail += "; the rest of the file, from line \(lastLine) on, cannot be read" }
        return Change(
            TrafficRules.unreadable, ChangeSite(name, new: SourceLocation(file: name, start: mark, end: mark)),
            detail: detail)
    }
}
