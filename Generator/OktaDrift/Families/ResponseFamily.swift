import OktaCatalog
import YAML

/// What operations answer.
enum ResponseFamily {
    static let added = DriftRule(
        "response-added", wire: .info, source: .info, "it may answer {status} too",
        advice: "Add a success status to `success`, and to `otherReturns` when its body is another one.")
    static let removed = DriftRule(
        "response-removed", wire: .warning, source: .warning, "it does not answer {status} any more",
        advice: "Set `success` in the catalog; callers that look at the status may notice.")
    static let mediaAdded = DriftRule(
        "response-media-added", wire: .info, source: .warning, "the answer {status} may be {media}",
        advice:
            "Set `returns`, `accept` or `alternatives` in the catalog. A function that returned nothing returns a value."
    )
    static let mediaRemoved = DriftRule(
        "response-media-removed", wire: .error, source: .error, "the answer {status} is not {media} any more",
        advice: "Callers get another or no value. Check with a real response before the catalog follows.")

    static let rules = [added, removed, mediaAdded, mediaRemoved]

    static func compare(_ pair: OperationPair, in context: inout ComparisonContext, graph: inout PairGraph) -> [Int] {
        var pairs: [Int] = []
        for left in pair.old.responses {
            let status = Change.Argument("status", left.status)
            guard let right = pair.new.responses.first(where: { $0.status == left.status }) else {
                pair.report(removed, [status], old: left.location, new: pair.new.location, in: &context)
                continue
            }
            pair.compareText(left.text, right.text, in: &context)
            let media = MediaComparison(
                added: mediaAdded, removed: mediaRemoved, subject: "\(pair.subject) \(left.status)",
                direction: .received, old: left.location, new: right.location)
            pairs += media.compare(
                left.media, right.media, of: pair, arguments: [status], in: &context, graph: &graph)
        }
        for right in pair.new.responses where !pair.old.responses.contains(where: { $0.status == right.status }) {
            pair.report(
                added, [.init("status", right.status)], old: pair.old.location, new: right.location, in: &context)
        }
        return pairs
    }
}
