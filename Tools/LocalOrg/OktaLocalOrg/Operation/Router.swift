/// Finds the operation of a request in a tree of path segments. Literals take precedence over placeholders.
struct Router: Sendable {
    private struct Node {
        var literals: [String: Int] = [:]
        var placeholder: Int?
        var operations: [String: Operation] = [:]
    }

    /// The result of matching a path.
    enum Match {
        case operation(Operation, parameters: [String])
        /// The path exists, but not with this method.
        case otherMethod
        case none

        /// The operation, if there is one.
        var operation: Operation? {
            guard case .operation(let operation, _) = self else { return nil }
            return operation
        }
    }

    private var nodes = [Node()]
    private(set) var operations: [Operation] = []

    /// Adds an operation and returns whether its method and path are new. The first operation takes precedence.
    @discardableResult
    mutating func add(_ operation: Operation) -> Bool {
        var index = 0
        for segment in operation.path.split(separator: "/").map(String.init) { index = child(of: index, for: segment) }
        guard nodes[index].operations[operation.method] == nil else { return false }
        nodes[index].operations[operation.method] = operation
        operations.append(operation)
        return true
    }

    /// Returns whether there is an operation with this method and path, independent of placeholder names.
    func contains(_ method: String, _ path: String) -> Bool {
        var index = 0
        for segment in path.split(separator: "/") {
            let next = segment.hasPrefix("{") ? nodes[index].placeholder : nodes[index].literals[String(segment)]
            guard let next else { return false }
            index = next
        }
        return nodes[index].operations[method] != nil
    }

    /// Returns the operation for a method and decoded segments.
    func match(_ method: String, _ segments: [String]) -> Match {
        var parameters: [String] = []
        var found = Match.none
        search(0, segments[...], method, &parameters, &found)
        return found
    }

    private func search(
        _ index: Int, _ segments: ArraySlice<String>, _ method: String, _ parameters: inout [String],
        _ found: inout Match
    ) {
        if case .operation = found { return }
        guard let segment = segments.first else {
            if let operation = nodes[index].operations[method] {
                found = .operation(operation, parameters: parameters)
            } else if !nodes[index].operations.isEmpty {
                found = .otherMethod
            }
            return
        }
        if let next = nodes[index].literals[segment] {
            search(next, segments.dropFirst(), method, &parameters, &found)
        }
        if let next = nodes[index].placeholder {
            parameters.append(segment)
            search(next, segments.dropFirst(), method, &parameters, &found)
            parameters.removeLast()
        }
    }

    private mutating func child(of index: Int, for segment: String) -> Int {
        let isPlaceholder = segment.hasPrefix("{")
        if let known = isPlaceholder ? nodes[index].placeholder : nodes[index].literals[segment] { return known }
        nodes.append(Node())
        let child = nodes.count - 1
        if isPlaceholder {
            nodes[index].placeholder = child
        } else {
            nodes[index].literals[segment] = child
        }
        return child
    }
}
