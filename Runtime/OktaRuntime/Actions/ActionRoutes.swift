internal import HTTPTypes

/// Actions by their path, segment by segment, so that finding one takes as long with a thousand actions as with ten.
struct ActionRoutes: Sendable {
    /// What follows a segment.
    private struct Node {
        /// By the literal text of the next segment.
        var literals: [Substring: Int] = [:]
        /// Where the next segment is a placeholder.
        var placeholder: Int?
        /// The actions whose path ends here, by method: the first one of each.
        var actions: [HTTPRequest.Method: ActionDescriptor] = [:]
    }

    private var nodes = [Node()]

    /// Indexes actions; of two with one method and path, the first is found.
    init(_ actions: [ActionDescriptor]) {
        for action in actions {
            guard let method = action.method, let path = action.path else { continue }
            var index = 0
            for segment in path.split(separator: "/") { index = child(of: index, for: segment) }
            if nodes[index].actions[method] == nil { nodes[index].actions[method] = action }
        }
    }

    /// The action that a path matches, with as few placeholders as possible; nil when none does.
    ///
    /// - Parameter path: A path as it is sent, without query.
    func action(method: HTTPRequest.Method, path: String) -> ActionDescriptor? {
        // The nodes reached so far; those by fewer placeholders first.
        var reached = [(index: 0, placeholders: 0)]
        for segment in path.split(separator: "/") {
            var next: [(index: Int, placeholders: Int)] = []
            for (index, placeholders) in reached {
                if let literal = nodes[index].literals[segment] { next.append((literal, placeholders)) }
                if let any = nodes[index].placeholder { next.append((any, placeholders + 1)) }
            }
            reached = next
        }
        return
            reached
            .compactMap { reached in nodes[reached.index].actions[method].map { ($0, reached.placeholders) } }
            .min { $0.1 < $1.1 }?.0
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
