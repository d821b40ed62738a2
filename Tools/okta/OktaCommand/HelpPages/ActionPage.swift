internal import HTTPTypes
internal import OktaRuntime

/// The help page of an action: description, parameters with types, limits and defaults, scopes, HTTP request, and a
/// complete example.
package struct ActionPage: Sendable {
    private let action: CommandAction
    private let help: ActionHelp?

    package init(_ action: CommandAction) {
        self.action = action
        help = action.help
    }

    /// Returns the page as plain text.
    package func text(_ layout: PageLayout) -> String {
        var lines = layout.paragraph("okta \(action.category) \(action.name)") + [""]
        lines += layout.paragraph(summary)
        if let discussion { lines += [""] + layout.paragraph(discussion) }
        lines += ["", "usage: \(usage)"]
        if !parameters.isEmpty {
            lines += ["", "parameters:"]
            for parameter in parameters {
                lines += layout.paragraph(parameter.name, indentation: 2)
                for text in parameter.texts { lines += layout.paragraph(text, indentation: 6) }
            }
        }
        if let body { lines += ["", "body:"] + body.flatMap { layout.paragraph($0, indentation: 2) } }
        lines += [""] + layout.entries(facts.map { ("\($0.name):", $0.text) }, indentation: 0)
        // A command line to copy is not wrapped.
        lines.append("example:  \(example)")
        return lines.joined(separator: "\n")
    }

    /// The short description.
    var summary: String { PageLayout.plain(help?.summary ?? "") }

    /// Further description.
    var discussion: String? { help?.discussion.map(PageLayout.plain) }

    /// The command line with placeholders for its values.
    var usage: String {
        let path = action.descriptor.parameters.filter { $0.location == .path }
        let values = path.map { "<\(KebabCase.name(of: $0.name))>" }
        return (["okta", action.category, action.name] + values + ["[options]"]).joined(separator: " ")
    }

    /// The parameters with their descriptions.
    var parameters: [(name: String, texts: [String])] {
        let types = FieldTypes(action.module.schema)
        let names = PathNames(action.descriptor).parameters
        return action.descriptor.parameters.map { parameter in
            let required = parameter.isRequired ? "  (required)" : ""
            let help = help?.parameters[parameter.name]
            var texts: [String] = []
            if let text = help?.text, !text.isEmpty { texts.append(PageLayout.plain(text)) }
            if let values = help?.enumeration.flatMap({ types.values(of: $0) }), !values.isEmpty {
                texts.append("one of: \(values.joined(separator: ", "))")
            }
            if let named = names.first(where: { $0.name == parameter.name }), NamedCollection(named, of: action) != nil
            {
                texts.append("okta finds the id of a name that is unique: --\(named.noun) <name>")
            }
            return ("--\(KebabCase.name(of: parameter.name)) <\(parameter.type.rawValue)>\(required)", texts)
        }
    }

    /// How to pass the body; nil if there is none.
    var body: [String]? {
        switch BodyKind(action.descriptor) {
        case .none: return nil
        case .certificate: return ["a certificate in PEM or DER form: --body @certificate.pem"]
        case .file: return ["a file: --body @logo.png"]
        case .bytes(let media): return ["a file of \(media): --body @file"]
        case .json(let model, _), .form(let model):
            let fields = model.map { FieldTypes(action.module.schema).fields(of: $0) } ?? []
            guard !fields.isEmpty else { return ["any JSON: --body @file.json"] }
            let shown = fields.map { "--set \($0.name)=<\($0.type)>\($0.isRequired ? "  (required)" : "")" }
            let example = fields.first { FieldTypes.element(of: $0.type).first?.isUppercase == true }
            let types = example.map { ["what a type has: okta help type \(FieldTypes.element(of: $0.type))"] }
            return shown + ["or all of it as JSON: --body @file.json"] + (types ?? [])
        }
    }

    /// The request and its requirements.
    var facts: [(name: String, text: String)] {
        let descriptor = action.descriptor
        var facts = [
            ("request", "\(descriptor.method.map(\.rawValue) ?? "any method") \(descriptor.path ?? "any path")")
        ]
        if !descriptor.scopes.isEmpty { facts.append(("scopes", descriptor.scopes.joined(separator: " or "))) }
        if let authorization = Self.sentence(descriptor.authorization) { facts.append(("sign-in", authorization)) }
        if descriptor.lifecycle != .generallyAvailable { facts.append(("stage", "\(descriptor.lifecycle)")) }
        if descriptor.isDeprecated { facts.append(("stage", "deprecated by Okta")) }
        if !action.aliases.isEmpty { facts.append(("aliases", action.aliases.joined(separator: ", "))) }
        if let other = namesake {
            facts.append(
                ("note", "the operation that Okta calls \(action.name) is okta \(other.category) \(other.name)"))
        }
        if let address = help?.reference { facts.append(("more", address)) }
        return facts
    }

    /// Another action of the category whose operation id in Okta's reference is this action's name. In the reference,
    /// `updateUser` changes only the sent fields, while the listed action Update User replaces the whole user.
    private var namesake: CommandAction? {
        let name = action.name.filter { $0 != "-" }
        return action.module.registry.actions(inCategory: action.descriptor.category).lazy
            .map { CommandAction($0, in: action.module) }
            .first { $0.operationID == name && $0.name != action.name }
    }

    /// A complete command line, with a value for every required parameter.
    var example: String {
        var words = ["okta", action.category, action.name]
        for parameter in action.descriptor.parameters where parameter.isRequired {
            if parameter.location == .path {
                words.append(sample(parameter))
            } else {
                words += ["--\(KebabCase.name(of: parameter.name))", sample(parameter)]
            }
        }
        switch BodyKind(action.descriptor) {
        case .none: break
        case .json(let model, _):
            words += model.flatMap { BodyExample(action.module).arguments(of: $0) } ?? ["--body", "@body.json"]
        case .form: words += ["--body", "@body.json"]
        default: words += ["--body", "@file"]
        }
        if action.descriptor.authorization == .client { words += ["--client", Self.sample("appId")] }
        return words.joined(separator: " ")
    }

    /// Returns a realistic value of the parameter's type.
    private func sample(_ parameter: ActionDescriptor.Parameter) -> String {
        switch parameter.type {
        case .integer, .number: return "1"
        case .boolean: return "true"
        default: break
        }
        let values = help?.parameters[parameter.name]?.enumeration.flatMap {
            FieldTypes(action.module.schema).values(of: $0)
        }
        return values?.first ?? Self.sample(parameter.name)
    }

    private static func sample(_ name: String) -> String {
        let known = [
            ("user", "00u1ab2cd3EF4gh5ij6k"), ("group", "00g1ab2cd3EF4gh5ij6k"), ("app", "0oa1ab2cd3EF4gh5ij6k"),
            ("policy", "00p1ab2cd3EF4gh5ij6k"), ("rule", "0pr1ab2cd3EF4gh5ij6k"),
        ]
        let lower = name.lowercased()
        return known.first { lower.contains($0.0) }?.1 ?? (lower.hasSuffix("id") ? "id1ab2cd3EF4gh5ij6k" : name)
    }

    private static func sentence(_ authorization: ActionDescriptor.Authorization) -> String? {
        switch authorization {
        case .oauth2: "an OAuth 2.0 access token; API tokens are refused"
        case .apiToken: "an API token; access tokens are refused"
        case .client: "the credentials of an OAuth 2.0 client: --client"
        case .anonymous: "none is needed"
        default: nil
        }
    }
}
