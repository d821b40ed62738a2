import OktaCatalog

/// Finds the operation that a recorded path belongs to.
struct OperationMatcher {
    private struct Candidate {
        var segments: [Substring]
        var index: Int
    }

    private var candidates: [String: [Candidate]] = [:]

    init(_ operations: [OperationDescription]) {
        for (index, operation) in operations.enumerated() where operation.identity.method != "ANY" {
            let segments = operation.identity.path.split(separator: "/")
            candidates["\(operation.identity.method) \(segments.count)", default: []]
                .append(Candidate(segments: segments, index: index))
        }
    }

    /// The index of the operation whose path fits; a path that spells a segment out goes before one with a parameter.
    func index(method: String, path: String) -> Int? {
        let segments = path.split(separator: "/")
        let fitting = (candidates["\(method) \(segments.count)"] ?? []).filter { candidate in
            zip(candidate.segments, segments).allSatisfy { Self.fits($1, $0) }
        }
        let best = fitting.max { left, right in
            // The first segment in which they differ decides.
            for (a, b) in zip(left.segments, right.segments) where a != b { return a.contains("{") && !b.contains("{") }
            return false
        }
        return best?.index
    }

    private static func fits(_ segment: Substring, _ pattern: Substring) -> Bool {
        guard let open = pattern.firstIndex(of: "{"), let close = pattern.lastIndex(of: "}") else {
            return segment == pattern
        }
        let (head, tail) = (pattern[..<open], pattern[pattern.index(after: close)...])
        return segment.count > head.count + tail.count && segment.hasPrefix(head) && segment.hasSuffix(tail)
    }
}
