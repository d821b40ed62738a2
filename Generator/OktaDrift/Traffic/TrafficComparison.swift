public import OktaCatalog
import YAML

/// Compares a catalog with recorded exchanges, to find parts of responses that the catalog lacks.
///
/// The report contains only hosts, names of operations and fields, kinds of values, numbers and locations of a
/// recording. A recording is read once, in constant memory.
public struct TrafficComparison {
    private let catalog: APIDescription
    private let matcher: OperationMatcher
    /// The operations of Okta's document without an action; nil if the catalog does not list them.
    private let others: OperationMatcher?
    private let types: TrafficTypes
    private let orgs: OrgHosts
    /// The path segments that are words of the API rather than an org's data.
    private let words: Set<Substring>
    private let windowCapacity: Int
    private let findings = TrafficFindings()
    private let scratch = ByteBuffer(limit: 64 << 10)
    private var hosts = HostCounts()
    private var otherHosts = HostCounts()
    private var uncompared = UncomparedBodies()
    private var unreadable: [Change] = []
    /// The maximum memory used for a recording, in bytes.
    private(set) var heldBytes = 0

    /// Prepares a comparison.
    ///
    /// - Parameters:
    ///   - catalog: The catalog.
    ///   - hosts: The hosts that are orgs. If none was requested and no host is under Okta's domains, the only host of
    ///     a recording is one, except in a browser's recording.
    public init(of catalog: Catalog, hosts: OrgHosts = .belowOktaDomains) {
        self.init(of: catalog, hosts: hosts, windowCapacity: RecordingWindow.defaultCapacity)
    }

    init(of catalog: Catalog, hosts: OrgHosts, windowCapacity: Int) {
        self.catalog = CatalogDescriber.describe(catalog)
        self.windowCapacity = windowCapacity
        matcher = OperationMatcher(self.catalog.operations.map(\.identity))
        types = TrafficTypes(self.catalog)
        orgs = hosts
        let withoutAction = catalog.dispositions?.withoutAction.map(\.value)
        others = withoutAction.map { OperationMatcher($0) }
        let paths = self.catalog.operations.map(\.identity.path) + (withoutAction ?? []).map(\.path)
        words = Set(paths.flatMap { $0.split(separator: "/") }.filter { !$0.contains("{") })
    }

    /// Reads a recording completely.
    public mutating func read(_ recording: Recording) throws(RecordingFailure) {
        var reader = ExchangeReader(recording, windowCapacity: windowCapacity)
        var session = RecordingSession(orgs: orgs, isOfBrowser: reader.form == .archive)
        var lost = UnreadableParts(of: recording.name)
        while let event = reader.next() {
            switch event {
            case .exchange: note(reader.exchange, in: &session)
            case .unreadable(let line): lost.add(line)
            case .broken(let line): lost.end(line)
            }
            heldBytes = max(heldBytes, reader.heldBytes + scratch.capacity)
        }
        if let failure = reader.failure { throw failure }
        if let change = lost.change { unreadable.append(change) }
        if let host = session.onlyHost {
            hosts.add(host.name, host.exchanges)
            findings.add(session.ofOnlyHost)
            uncompared.add(session.uncomparedOfOnlyHost)
        }
        hosts.add(session.orgCounts)
        otherHosts.add(session.otherCounts)
    }

    /// The differences, each with the number of occurrences and an example.
    public var changes: [Change] { findings.changes + unreadable }

    /// The summary of the recordings.
    public var summary: RecordingSummary {
        var compared = hosts
        for name in orgs.names where !name.contains("*") { compared.add(name.lowercased(), 0) }
        return RecordingSummary(
            exchanges: hosts.total, hosts: compared.byName, otherHosts: Array(otherHosts.byExchanges.prefix(10)),
            otherHostCount: otherHosts.count, otherExchanges: otherHosts.total,
            longBodies: uncompared.long, otherBodies: uncompared.other, omittedFindings: findings.omitted)
    }

    // MARK: One exchange

    private mutating func note(_ exchange: RecordedExchange, in session: inout RecordingSession) {
        guard let address = RecordedAddress(exchange.url.bytes) else { return }
        switch session.add(address.host ?? "no host", isOfBrowser: exchange.hasContent) {
        case .org: uncompared.add(judge(exchange, at: address.path, into: findings))
        case .candidate:
            session.uncomparedOfOnlyHost.add(judge(exchange, at: address.path, into: session.ofOnlyHost))
        case .other: break
        }
    }

    /// Compares an exchange, and returns the reason if its body could not be compared.
    private func judge(
        _ exchange: RecordedExchange, at path: String, into findings: TrafficFindings
    ) -> UncomparedBodies.Reason? {
        // Errors have a separate model in the runtime.
        guard (200..<300).contains(exchange.status) else { return nil }
        let segments = path.split(separator: "/")
        let method = exchange.method.text.uppercased()
        func report(_ rule: DriftRule, _ subject: String, _ arguments: [Change.Argument], _ example: String) {
            findings.add(
                .init(rule: rule, subject: TrafficSubject(base: subject), arguments: arguments),
                .init(count: 1, example: example, location: exchange.location))
        }
        guard let index = matcher.index(method: method, segments: segments) else {
            // A resource that a browser fetches for a page is not an operation.
            let isPage = exchange.mediaType.count > 0 && !isJSON(exchange.mediaType)
            if isPage, segments.first.map({ !words.contains($0) }) ?? true { return nil }
            let subject = "\(shown(method: method)) /\(shown(segments).joined(separator: "/"))"
            let isDocumented = others.map { $0.index(method: method, segments: segments) != nil } ?? true
            report(
                isDocumented ? TrafficRules.unknownOperation : TrafficRules.undocumentedOperation, subject, [], subject)
            return nil
        }
        let operation = catalog.operations[index]
        let example = operation.identity.description
        let status = Change.Argument("status", String(exchange.status))
        guard let response = operation.responses.first(where: { $0.status == status.value }) else {
            report(TrafficRules.unexpectedStatus, operation.symbol, [status], example)
            return nil
        }
        guard exchange.body.isComplete else { return .length }
        guard exchange.body.count > 0 else { return nil }
        let isDecoded = exchange.decodeBody()
        guard let use = response.media.first(where: { $0.name.hasSuffix("json") })?.use else {
            guard isDecoded, response.media.isEmpty, isFilledObject(exchange.body) else { return nil }
            report(TrafficRules.unexpectedBody, operation.symbol, [status, .init("found", "object")], example)
            return nil
        }
        var walk = TrafficWalk(
            exchange.body, types: types, known: findings, operation: example, location: exchange.location,
            scratch: scratch)
        // A response that is not JSON, such as a proxy's page, contains no information about the API.
        guard isDecoded, (try? walk.run(as: use, subject: "\(operation.symbol) \(status.value)")) != nil else {
            return .content
        }
        for (key, finding) in walk.findings { findings.add(key, finding) }
        return nil
    }

    private func isJSON(_ mediaType: ByteBuffer) -> Bool { mediaType.text.lowercased().contains("json") }

    private func isFilledObject(_ body: ByteBuffer) -> Bool {
        var (cursor, isFirst) = (JSONCursor(start: body.start, count: body.count), true)
        var isFilled = false
        do throws(JSONCursor.Fault) {
            guard try cursor.enterObject() else { return false }
            while try cursor.nextKey(&isFirst, scratch) != nil {
                isFilled = true
                try cursor.skipValue()
            }
        } catch {
            return false
        }
        return isFilled && cursor.peek() == nil
    }

    /// Returns a method in a form that may be shown.
    private func shown(method: String) -> String {
        let isName = method.utf8.count <= 16 && method.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        return isName ? method : "<\(ValueForm.of(method.utf8))>"
    }

    /// Returns the segments of a path in a form that may be shown: words of the API only.
    private func shown(_ segments: [Substring]) -> [String] {
        let maximum = 16
        return segments.prefix(maximum).map { words.contains($0) ? String($0) : "{}" }
            + (segments.count > maximum ? ["…"] : [])
    }
}
