internal import OktaRuntime

/// The template of a run's calls: common values, and values from each row.
package struct RowTemplate: Sendable {
    private let action: CommandAction
    private var given: [String: [String]]
    private let mappings: [(parameter: String, field: FieldPath)]
    private let body: String?
    private let assignments: [FieldAssignment]
    private let parameter: String?
    private let context: ProgramContext
    private let needsPresent: Bool
    /// The kind of the rows.
    package let kind: RowKind

    /// Creates a template from the command line.
    ///
    /// - Parameters:
    ///   - split: The values of parameters.
    ///   - mappings: The values of `--map`.
    package init(
        _ action: CommandAction, _ split: ArgumentSplit, mappings: [String], body: BodyArguments, set: SetSource,
        context: ProgramContext
    ) throws(CommandFailure) {
        self.action = action
        self.context = context
        var mapped: [(parameter: String, field: FieldPath)] = []
        for text in mappings { mapped.append(try Self.mapping(text, action)) }
        self.mappings = mapped
        let paths = action.descriptor.parameters.filter { $0.location == .path }.map(\.name)
        var given = split.values
        var positionals = split.positionals[...]
        for name in paths where given[name] == nil && !mapped.contains(where: { $0.parameter == name }) {
            guard let value = positionals.popFirst() else { break }
            given[name] = [value]
        }
        if let extra = positionals.first {
            throw .usage("\(action.category) \(action.name) does not take '\(extra)'")
        }
        self.given = given
        for entry in mapped where given[entry.parameter] != nil {
            throw .usage("--\(KebabCase.name(of: entry.parameter)) is both given and mapped; omit one of them")
        }
        let open = paths.filter { name in given[name] == nil && !mapped.contains { $0.parameter == name } }
        kind = try RowKind(set, for: action, open: open, values: given.compactMapValues(\.first))
        parameter = kind.parameter
        assignments = body.assignments
        self.body = try body.json(context).map(\.text)
        if case .update = action.change, action.descriptor.body != nil, body.isEmpty {
            throw .usage(
                "\(action.category) \(action.name) changes nothing without a body",
                advice: "Set the fields to change, such as --set name=value, or give --body.")
        }
        needsPresent = BodyBuilder(action, context).needsPresentObject(body)
        switch BodyKind(action.descriptor) {
        case .certificate, .file, .bytes:
            throw .usage(
                "\(action.category) \(action.name) takes a file, and cannot run over a set",
                advice: "Run it for each object.")
        default: break
        }
    }

    /// Returns the template with ids instead of names in the common values.
    package func withIDs(through names: NameResolver) async throws(CommandFailure) -> RowTemplate {
        let fixed = given.compactMapValues(\.first).filter { !$0.value.hasPrefix("~") }
        var template = self
        for (name, value) in try await names.resolve(fixed, of: action) where value != fixed[name] {
            template.given[name] = [value]
        }
        return template
    }

    /// Returns the validated call of a row: types of values, required values, and the body against its model.
    package func call(for row: SetRow) throws(CommandFailure) -> RowCall {
        var arguments: [String] = []
        for (name, texts) in given.sorted(by: { $0.key < $1.key }) {
            for text in texts { arguments.append("--\(name)=\(try filled(text, row))") }
        }
        for (name, field) in mappings { arguments.append("--\(name)=\(try Self.text(of: field, row))") }
        if let parameter {
            guard let identity = row.identity, !identity.isEmpty else {
                throw .usage(
                    "there is no value for --\(KebabCase.name(of: parameter))",
                    advice: "Fill it with --map \(KebabCase.name(of: parameter))=FIELD.")
            }
            arguments.append("--\(parameter)=\(identity)")
        }
        let values = try ParameterValues(ArgumentSplit(arguments, of: action, optionsWithValue: []), of: action)
        let missing = values.missing(in: action).map { "--\(KebabCase.name(of: $0.name))" }
        guard missing.isEmpty else { throw .usage("\(missing.joined(separator: " and ")) is missing") }
        var fields: [FieldAssignment] = []
        for field in assignments { fields.append(try filled(field, row)) }
        let built = try BodyBuilder(action, context).body(BodyArguments(body: body, assignments: fields))
        guard case .json(let json) = built else { return RowCall(action, values: values.values) }
        if needsPresent { return RowCall(action, values: values.values, assignments: fields) }
        try check(json)
        return RowCall(action, values: values.values, body: json)
    }

    /// Validates a body against its model. The catalog is only certain about types and ranges: orgs accept more fields
    /// and values than it lists.
    private func check(_ body: JSON) throws(CommandFailure) {
        guard let model = BodyKind(action.descriptor).model else { return }
        let issues = action.module.schema.issues(in: body, as: model).filter { issue in
            switch issue.reason {
            case .type(let expected, let found):
                !(found == .string && ["dateTime", "duration", "base64", "uri"].contains(expected))
                    && !(found == .number && expected == "integer")
            case .outOfRange: true
            default: false
            }
        }
        guard issues.isEmpty else {
            throw .usage("the body does not fit \(model): " + issues.prefix(3).map { "\($0)" }.joined(separator: "; "))
        }
    }

    // MARK: Values from the row

    /// Replaces `~field` by the row's value; `~~` escapes a tilde at the start of a text.
    private func filled(_ text: String, _ row: SetRow) throws(CommandFailure) -> String {
        guard text.hasPrefix("~") else { return text }
        let rest = String(text.dropFirst())
        return rest.hasPrefix("~") ? rest : try Self.text(of: FieldPath(rest), row)
    }

    private func filled(_ field: FieldAssignment, _ row: SetRow) throws(CommandFailure) -> FieldAssignment {
        guard field.text.hasPrefix("~") else { return field }
        let rest = String(field.text.dropFirst())
        if rest.hasPrefix("~") { return FieldAssignment(path: field.path, text: rest, isJSON: field.isJSON) }
        let value = try Self.value(of: FieldPath(rest), row)
        if let text = value.string { return FieldAssignment(path: field.path, text: text, isJSON: field.isJSON) }
        return FieldAssignment(path: field.path, text: value.text, isJSON: true)
    }

    private static func text(of field: FieldPath, _ row: SetRow) throws(CommandFailure) -> String {
        guard let text = FieldPath.text(of: try value(of: field, row)) else {
            throw .usage("the field '\(field.text)' is not a text, a number, true or false")
        }
        return text
    }

    private static func value(of field: FieldPath, _ row: SetRow) throws(CommandFailure) -> JSON {
        if let value = field.value(in: row.value) { return value }
        guard let names = row.value.members?.map(\.key) else {
            throw .usage(
                "there is no field '\(field.text)'", advice: "The set has ids only; use csv:PATH, or JSON objects.")
        }
        throw .usage(
            "there is no field or column '\(field.text)'", advice: "The fields are \(names.joined(separator: ", ")).")
    }

    private static func mapping(
        _ text: String, _ action: CommandAction
    ) throws(CommandFailure) -> (parameter: String, field: FieldPath) {
        guard let sign = text.firstIndex(of: "="), text.index(after: sign) < text.endIndex else {
            throw .usage(
                "--map '\(text)' has no =", advice: "Write it as parameter=field, such as login=profile.login.")
        }
        let name = String(text[..<sign])
        let names = action.descriptor.parameters.map(\.name)
        guard let parameter = names.first(where: { $0 == name || KebabCase.name(of: $0) == name }) else {
            throw .usage(
                "\(action.category) \(action.name) has no parameter '\(name)'",
                advice: names.isEmpty
                    ? "It has none." : "It has \(names.map(KebabCase.name(of:)).joined(separator: ", ")).")
        }
        return (parameter, FieldPath(String(text[text.index(after: sign)...])))
    }
}
