package import HTTPTypes
internal import OktaRuntime

/// The path of an action, in segments.
package struct ActionPath: Sendable, Hashable {
    /// A segment of a path.
    package enum Segment: Sendable, Hashable {
        case literal(String)
        /// The value of a parameter.
        case value(String)
    }

    /// The segments in order.
    package let segments: [Segment]

    package init(_ segments: [Segment]) { self.segments = segments }

    /// Parses a path such as `/api/v1/users/{userId}`.
    package init(_ path: String) {
        segments = path.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .value(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// The names of the path's parameters, in order.
    package var names: [String] {
        segments.compactMap { if case .value(let name) = $0 { name } else { nil } }
    }

    /// The path with `{}` for each parameter, for comparing paths of actions.
    package var normal: String {
        segments.map { if case .literal(let text) = $0 { "/\(text)" } else { "/{}" } }.joined()
    }

    /// Returns the path before a parameter, which is the list of the parameter's objects; nil if there is no such
    /// parameter.
    package func list(of parameter: String) -> ActionPath? {
        segments.firstIndex(of: .value(parameter)).map { ActionPath(Array(segments[..<$0])) }
    }

    /// The path up to its last parameter, which identifies the action's object.
    package var object: ActionPath? {
        let last = segments.lastIndex { if case .value = $0 { true } else { false } }
        return last.map { ActionPath(Array(segments[...$0])) }
    }

    /// The last segment of the path if it is a literal, such as `users`.
    package var word: String? {
        if case .literal(let text) = segments.last { text } else { nil }
    }
}

/// An action on the same path as another, or on a part of it.
package struct RelatedAction: Sendable {
    /// The action.
    package let action: CommandAction
    /// The parameters of its path, each with the other action's parameter of the same value.
    private let names: [(own: String, other: String)]

    init(_ action: CommandAction, _ path: ActionPath) {
        self.action = action
        names = Array(zip(ActionPath(action.descriptor.path ?? "").names, path.names)).map { ($0, $1) }
    }

    /// Returns the values of its path from those of the other action.
    package func values(from values: [String: String]) -> [String: String] {
        var result: [String: String] = [:]
        for (own, other) in names { result[own] = values[other] }
        return result
    }
}

extension CommandAction {
    /// The action's path, in segments.
    package var path: ActionPath { ActionPath(descriptor.path ?? "") }

    /// Returns the action with a method on a path with this action's parameters.
    package func related(_ method: HTTPRequest.Method, _ path: ActionPath) -> RelatedAction? {
        let normal = path.normal
        return module.registry.actions.first { other in
            other.method == method && other.path.map { ActionPath($0).normal == normal } ?? false
        }.map { RelatedAction(CommandAction($0, in: module), path) }
    }
}
