package import HTTPTypes
internal import OktaRuntime

/// The path of an action, in segments.
package struct PathTemplate: Sendable, Hashable {
    /// A part between slashes.
    package enum Segment: Sendable, Hashable {
        case literal(String)
        /// The value of a parameter.
        case value(String)
    }

    /// The parts in order.
    package let segments: [Segment]

    package init(_ segments: [Segment]) { self.segments = segments }

    /// The segments of a path such as `/api/v1/users/{userId}`.
    package init(_ path: String) {
        segments = path.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .value(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// The names of its parameters, in order.
    package var names: [String] {
        segments.compactMap { if case .value(let name) = $0 { name } else { nil } }
    }

    /// The path with `{}` for each value, by which paths of several actions are compared.
    package var normal: String {
        segments.map { if case .literal(let text) = $0 { "/\(text)" } else { "/{}" } }.joined()
    }

    /// The path up to a parameter, without it; nil when there is no such parameter. It is the list of what the parameter
    /// names.
    package func list(of parameter: String) -> PathTemplate? {
        segments.firstIndex(of: .value(parameter)).map { PathTemplate(Array(segments[..<$0])) }
    }

    /// The path up to its last parameter: the object that the action is about.
    package var object: PathTemplate? {
        let last = segments.lastIndex { if case .value = $0 { true } else { false } }
        return last.map { PathTemplate(Array(segments[...$0])) }
    }

    /// The last word of the path, such as `users`.
    package var word: String? {
        if case .literal(let text) = segments.last { text } else { nil }
    }
}

/// An action on the same path as another one, or on a part of it.
package struct RelatedAction: Sendable {
    /// The action.
    package let action: CommandAction
    /// The parameters of its path, with those of the other action whose values they take.
    private let names: [(own: String, other: String)]

    init(_ action: CommandAction, _ path: PathTemplate) {
        self.action = action
        names = Array(zip(PathTemplate(action.descriptor.path ?? "").names, path.names)).map { ($0, $1) }
    }

    /// The values of its path, from those of the other action.
    package func values(from values: [String: String]) -> [String: String] {
        var result: [String: String] = [:]
        for (own, other) in names { result[own] = values[other] }
        return result
    }
}

extension CommandAction {
    /// The segments of its path.
    package var path: PathTemplate { PathTemplate(descriptor.path ?? "") }

    /// The action with a method on a path whose parameters have the names of this action.
    package func related(_ method: HTTPRequest.Method, _ path: PathTemplate) -> RelatedAction? {
        let normal = path.normal
        return module.registry.actions.first { other in
            other.method == method && other.path.map { PathTemplate($0).normal == normal } ?? false
        }.map { RelatedAction(CommandAction($0, in: module), path) }
    }
}
