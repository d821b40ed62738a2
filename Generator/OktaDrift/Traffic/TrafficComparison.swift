import OktaCatalog
import YAML

/// Compares a catalog with recorded exchanges: what responses carry and the catalog does not know.
///
/// Of a recording only names of operations and fields, kinds of values, numbers and places get out.
public struct TrafficComparison {
    private let catalog: APIDescription
    private let matcher: OperationMatcher
    /// The segments of paths that are words of the API, and not data of an org.
    private let words: Set<Substring>
    private var findings: [Change.Key: (change: Change, count: Int, example: String)] = [:]
    /// How many exchanges were looked at.
    public private(set) var exchangeCount = 0

    /// Prepares a comparison.
    public init(of catalog: Catalog) {
        self.catalog = CatalogDescriber.describe(catalog)
        matcher = OperationMatcher(self.catalog.operations)
        let dispositions = catalog.dispositions
        let undone = (dispositions?.ignored.flatMap(\.operations) ?? []) + (dispositions?.toDo ?? [])
        let paths = self.catalog.operations.map(\.identity.path) + undone.map(\.value.path)
        words = Set(paths.flatMap { $0.split(separator: "/") }.filter { !$0.contains("{") })
    }

    /// Reads a recording, as lines of JSON or as HAR.
    public mutating func read(_ file: SourceFile, reporting diagnostics: inout Diagnostics) {
        for exchange in ExchangeReader().exchanges(of: file, reporting: &diagnostics) {
            exchangeCount += 1
            judge(exchange)
        }
    }

    /// The differences, each with how often it was met and an example.
    public var changes: [Change] {
        findings.values.map { change, count, example in
            var change = change
            change.detail = "\(count) \(count == 1 ? "time" : "times"), such as \(example)"
            return change
        }.sorted { ($0.subject, $0.rule.id, $0.message) < ($1.subject, $1.rule.id, $1.message) }
    }

    private mutating func judge(_ exchange: Exchange) {
        // Failures have a model of their own, which is the runtime's.
        guard (200..<300).contains(exchange.status) else { return }
        guard let index = matcher.index(method: exchange.method, path: exchange.path) else {
            let path = exchange.path.split(separator: "/").map { words.contains($0) ? String($0) : "{}" }
            let subject = "\(exchange.method) /\(path.joined(separator: "/"))"
            report(TrafficFamily.unknownOperation, subject, [], at: exchange, example: subject)
            return
        }
        let operation = catalog.operations[index]
        let example = operation.identity.description
        let status = Change.Argument("status", String(exchange.status))
        guard let response = operation.responses.first(where: { $0.status == status.value }) else {
            report(TrafficFamily.unexpectedStatus, operation.symbol, [status], at: exchange, example: example)
            return
        }
        guard let body = exchange.body else { return }
        guard let use = response.media.first(where: { $0.name.hasSuffix("json") })?.use else {
            guard response.media.isEmpty, case .object(let members) = body, !members.isEmpty else { return }
            report(
                TrafficFamily.unexpectedBody, operation.symbol, [status, .init("found", body.kindName)], at: exchange,
                example: example)
            return
        }
        var walk = TrafficWalk(catalog: catalog)
        walk.visit(body, as: use, subject: "\(operation.symbol) \(status.value)", path: "")
        for finding in walk.findings {
            report(
                finding.rule, finding.subject, finding.arguments, at: exchange,
                example: "\(example) -> \(finding.path.isEmpty ? "." : finding.path)")
        }
    }

    private mutating func report(
        _ rule: DriftRule, _ subject: String, _ arguments: [Change.Argument], at exchange: Exchange, example: String
    ) {
        let change = Change(rule, subject, arguments, new: exchange.location)
        findings[change.key, default: (change, 0, example)].count += 1
    }
}
