import OktaCatalog

/// Finds the operation for a recorded path.
struct OperationMatcher {
    /// The continuations of paths with the same first segments.
    private struct Node {
        /// Literal segments.
        var words: [Substring: Int] = [:]
        /// Segments with a parameter, the longest literal part first.
        var patterns: [(head: Substring, tail: Substring, node: Int)] = []
        /// The operations that end here, by method.
        var operations: [String: Int] = [:]
    }

    private var nodes = [Node()]

    /// Indexes operations by their positions. Among operations with the same method and path, the first one takes
    /// precedence.
    init(_ operations: some Sequence<OperationIdentity>) {
        for (index, operation) in operations.enumerated() where operation.method != "ANY" {
            var node = 0
            for segment in operation.path.split(separator: "/") { node = child(of: node, for: segment) }
            if nodes[node].operations[operation.method] == nil { nodes[node].operations[operation.method] = index }
        }
    }

    private mutating func child(of node: Int, for segment: Substring) -> Int {
        let new = nodes.count
        if let open = segment.firstIndex(of: "{"), let close = segment.lastIndex(of: "}") {
            let (head, tail) = (segment[..<open], segment[segment.index(after: close)...])
            if let known = nodes[node].patterns.first(where: { $0.head == head && $0.tail == tail }) {
                return known.node
            }
            let length = head.count + tail.count
            let place = nodes[node].patterns.firstIndex { $0.head.count + $0.tail.count < length }
            nodes[node].patterns.insert((head, tail, new), at: place ?? nodes[node].patterns.count)
        } else {
            if let known = nodes[node].words[segment] { return known }
            nodes[node].words[segment] = new
        }
        nodes.append(Node())
        return new
    }

    /// Returns the index of the operation whose path matches; literal segments take precedence over parameters.
    func index(method: String, segments: [Substring]) -> Int? {
        find(method, segments[...], from: 0)
    }

    /// Returns the index of the matching operation. The paths of the catalog limit the depth of the recursion.
    private func find(_ method: String, _ segments: ArraySlice<Substring>, from index: Int) -> Int? {
        guard let segment = segments.first else { return nodes[index].operations[method] }
        let rest = segments.dropFirst()
        if let word = nodes[index].words[segment], let found = find(method, rest, from: word) { return found }
        for (head, tail, node) in nodes[index].patterns
        where segment.utf8.count > head.utf8.count + tail.utf8.count && segment.hasPrefix(head)
            && segment.hasSuffix(tail)
        {
            if let found = find(method, rest, from: node) { return found }
        }
        return nil
    }
}
