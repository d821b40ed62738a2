internal import HTTPTypes
package import OktaRuntime

/// Builds the body of a call from the command line.
package struct BodyBuilder: Sendable {
    private let action: CommandAction
    private let kind: BodyKind
    private let context: ProgramContext

    package init(_ action: CommandAction, _ context: ProgramContext) {
        self.action = action
        kind = BodyKind(action.descriptor)
        self.context = context
    }

    /// Returns whether the current object must be read first. A PUT replaces the whole object, so setting only some
    /// fields would lose the others.
    package func needsPresentObject(_ arguments: BodyArguments) -> Bool {
        arguments.body == nil && !arguments.assignments.isEmpty && reading != nil
    }

    /// The action that reads the replaced object: GET of the same path.
    package var reading: CommandAction? {
        guard action.descriptor.method == .put, let path = action.descriptor.path else { return nil }
        return action.module.registry.actions.first { $0.method == .get && $0.path == path && !$0.isPaged }
            .map { CommandAction($0, in: action.module) }
    }

    /// Builds the body.
    ///
    /// - Parameter present: The current object if ``needsPresentObject(_:)`` is true.
    package func body(
        _ arguments: BodyArguments, present: JSON? = nil
    ) throws(CommandFailure) -> ActionCall.Body {
        let label = "\(action.category) \(action.name)"
        switch kind {
        case .none:
            guard arguments.isEmpty else {
                throw .usage("\(label) takes no body", advice: "Leave out --body and --set.")
            }
            return .none
        case .certificate, .file, .bytes:
            guard arguments.assignments.isEmpty else {
                throw .usage("\(label) takes a file", advice: "Give it as --body @file instead of --set.")
            }
            guard let body = arguments.body, let bytes = try arguments.bytes(context) else {
                throw .usage("\(label) needs a file", advice: "Give it as --body @file.")
            }
            guard body.hasPrefix("@") || body == "-" else {
                throw .usage("\(label) takes a file", advice: "Begin its name with @: --body @\(body.prefix(40)).")
            }
            return .bytes(bytes, path: body.hasPrefix("@") ? String(body.dropFirst()) : body)
        case .json, .form:
            guard !arguments.isEmpty else { return .none }
            var json = try arguments.json(context) ?? present ?? .emptyObject
            let types = FieldTypes(action.module.schema)
            for assignment in arguments.assignments {
                try assignment.apply(to: &json, model: kind.model, types: types)
            }
            return .json(json)
        }
    }
}
