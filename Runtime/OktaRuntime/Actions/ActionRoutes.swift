internal import HTTPTypes

/// A trie of actions by path segment, so that the lookup time does not depend on the number of actions.
struct ActionRoutes: Sendable {
    /// The node after a segment.
    private struct Node {
        /// The next nodes by literal segment.
        var literals: [Substring: Int] = [:]
        /// The next node for a placeholder.
        var placeholder: Int?
        /// The first action per method whose path ends here, with its position in the list.
        var actions: [HTTPRequest.Method: (position: Int, action: ActionDescriptor)] = [:]
    }

    private var nodes = [Node()]

    /// Indexes actions. Among actions with the same method and path, the first one takes precedence.
    init(_ actions: [ActionDescriptor]) {
        for (position, action) in actions.enumerated() {
            guard let method = action.method, let path = action.path else { continue }
            var index = 0
            for segment in path.split(separator: "/") { index = child(of: index, for: segment) }
            if nodes[index].actions[method] == nil { nodes[index].actions[method] = (position, action) }
        }
    }

    /// Returns the matching action with the fewest placeholders, and the first one of several; `nil` if none matches.
    ///
    /// - Parameter path: A path as sent, without query.
    func action(method: HTTPRequest.Method, path: String) -> ActionDescriptor? {
        // The nodes reached so far, those with fewer placeholders first.
        var reached = [(index: 0, placeholders: 0)]
        for segment in path.split(separator: "/") {
            var next: [(index: Int, placeholders: Int)] = []
            for (index, placeholders) in reached {
                if let literal = nodes[index].literals[segment] { next.append((literal, placeholders)) }
                if let any = nodes[index].placeholder { next.append((any, placeholders + 1)) }
            }
            reached = next
        }
        let matches = reached.compactMap { reached in
            nodes[reached.index].actions[method].map { ($0.action, order: (reached.placeholders, $0.position)) }
        }
        return matches.min { $0.order < $1.order }?.0
    }

    private mutating func child(of index: Int, for segment: Substring) -> Int {
        let known = segment.hasPrefix("{") ? nodes[index].placeholder : nodes[index].literals[segment]
        if let known { return known }
        nodes.append(Node())
        let child = nodes.count - 1
        if segment.hasPrefix("{") {
            nodes[index].placeholder = child
        } else {
            nodes[index].literals[segment] = child
        }
        return child
    }
}
