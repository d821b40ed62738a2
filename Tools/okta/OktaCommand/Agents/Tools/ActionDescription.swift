internal import OktaRuntime

/// The description of an action for a model: the parameters, the body with its types, and the request.
///
/// The help page of an action explains its use in a shell, which a model does not need.
struct ActionDescription: Sendable {
    private let action: CommandAction
    private let help: ActionHelp?
    private let types: FieldTypes

    /// The maximum size of the types in a description, in bytes.
    private static let maximumBytes = 16_000

    init(_ action: CommandAction) {
        self.action = action
        help = action.help
        types = FieldTypes(action.module.schema)
    }

    /// The description.
    var json: JSON {
        let page = ActionPage(action)
        var result: JSON = ["action": JSON("\(action.category) \(action.name)"), "summary": JSON(page.summary)]
        if let discussion = page.discussion { result["details"] = JSON(discussion) }
        result["call with"] = JSON(way)
        result["parameters"] = JSON(action.descriptor.parameters.map(parameter))
        if let model = BodyKind(action.descriptor).model {
            let (described, others) = bodyTypes(model)
            result["body"] = JSON(model)
            result["types"] = described
            if !others.isEmpty { result["further types"] = JSON(others.map { JSON($0) }) }
        } else if case .json = BodyKind(action.descriptor) {
            result["body"] = "any JSON"
        }
        for fact in page.facts where fact.name != "aliases" { result[fact.name] = JSON(fact.text) }
        return result
    }

    /// The tool that calls the action.
    private var way: String {
        if let refusal = AgentActions.refusal(action) { return "nothing: \(refusal)" }
        return switch AgentActions.risk(action) {
        case .none: "call_read_action"
        case .adds: "call_write_action"
        case .destroys: "call_write_action, with a confirmation"
        }
    }

    private func parameter(_ parameter: ActionDescriptor.Parameter) -> JSON {
        var result: JSON = [
            "name": JSON(parameter.name), "type": JSON(parameter.type.rawValue),
            "in": JSON(parameter.location.rawValue),
            "required": JSON(parameter.isRequired),
        ]
        let help = help?.parameters[parameter.name]
        if let text = help?.text, !text.isEmpty { result["text"] = JSON(PageLayout.plain(text)) }
        if let values = help?.enumeration.flatMap({ types.values(of: $0) }) {
            result["values"] = JSON(values.map { JSON($0) })
        }
        let named = PathNames(action.descriptor).parameters.first { $0.name == parameter.name }
        if named.flatMap({ NamedCollection($0, of: action) }) != nil {
            result["takes"] = "an id, or a name that is unique"
        }
        return result
    }

    /// Returns the types of a body, closest first, and the names of those that were left out.
    private func bodyTypes(_ model: String) -> (described: JSON, others: [String]) {
        var described = JSON.emptyObject
        var (queue, position, bytes) = ([model], 0, 0)
        var others: [String] = []
        while position < queue.count {
            let name = queue[position]
            position += 1
            guard let (type, next) = declaration(name) else { continue }
            bytes += CompactJSON.text(type).utf8.count
            guard bytes <= Self.maximumBytes else {
                others.append(name)
                continue
            }
            described[name] = type
            for name in next where !queue.contains(name) { queue.append(name) }
        }
        return (described, others)
    }

    /// Returns a type and the types that it refers to; nil for an undeclared type such as `string`.
    private func declaration(_ name: String) -> (JSON, next: [String])? {
        if let values = types.values(of: name) { return (["one of": JSON(values.map { JSON($0) })], []) }
        let fields = types.fields(of: name)
        let variants = types.variants(of: name)
        guard !fields.isEmpty || !variants.isEmpty else { return nil }
        var result = JSON(
            members: fields.map { ($0.name, JSON("\($0.type)\($0.isRequired ? " (required)" : "")")) })
        if !variants.isEmpty {
            result["(more fields as)"] = JSON(members: variants.map { ($0.name, JSON($0.when)) })
        }
        return (result, fields.map { Self.mentioned(in: $0.type) } + variants.map(\.name))
    }

    /// Returns the element type of an array or a map.
    private static func mentioned(in type: String) -> String { type.filter { !"[]{}".contains($0) } }
}
