internal import HTTPTypes
internal import OktaRuntime

/// The help page of one action: what it does, its parameters with types, limits and defaults, its scopes, its HTTP line
/// and an example that runs.
package struct ActionPage: Sendable {
    private let action: CommandAction

    package init(_ action: CommandAction) { self.action = action }

    /// The page as plain text.
    package var text: String {
        let descriptor = action.descriptor
        let help = action.help
        var lines = ["okta \(action.category) \(action.name)", ""]
        lines += [Self.plain(help?.summary ?? "")]
        if let more = help?.discussion { lines += ["", Self.plain(more)] }
        lines += ["", "usage: \(usage)"]
        let parameters = descriptor.parameters
        if !parameters.isEmpty {
            lines += ["", "parameters:"]
            let names = PathNames(descriptor).parameters
            for parameter in parameters {
                lines += self.lines(of: parameter, help?.parameters[parameter.name])
                if let named = names.first(where: { $0.name == parameter.name }),
                    NamedCollection(named, of: action) != nil
                {
                    lines.append("      A name that is unique works, too: --\(named.noun) <name>")
                }
            }
        }
        if let body = bodyLines { lines += ["", "body:"] + body }
        lines += [
            "", "request:  \(descriptor.method.map(\.rawValue) ?? "any method") \(descriptor.path ?? "any path")",
        ]
        if !descriptor.scopes.isEmpty { lines += ["scopes:   \(descriptor.scopes.joined(separator: " or "))"] }
        if let authorization = Self.sentence(descriptor.authorization) { lines += ["sign-in:  \(authorization)"] }
        if descriptor.lifecycle != .generallyAvailable { lines += ["stage:    \(descriptor.lifecycle)"] }
        if descriptor.isDeprecated { lines += ["stage:    deprecated by Okta"] }
        if !action.aliases.isEmpty { lines += ["aliases:  \(action.aliases.joined(separator: ", "))"] }
        if let address = help?.reference { lines += ["more:     \(address)"] }
        lines += ["example:  \(example)"]
        return lines.joined(separator: "\n")
    }

    private var usage: String {
        let path = action.descriptor.parameters.filter { $0.location == .path }
        let values = path.map { "<\(KebabCase.name(of: $0.name))>" }
        return (["okta", action.category, action.name] + values + ["[options]"]).joined(separator: " ")
    }

    private func lines(of parameter: ActionDescriptor.Parameter, _ help: ActionHelp.Parameter?) -> [String] {
        let name = "  --\(KebabCase.name(of: parameter.name)) <\(parameter.type.rawValue)>"
        let required = parameter.isRequired ? "  (required)" : ""
        var lines = ["\(name)\(required)"]
        if let text = help?.text, !text.isEmpty { lines.append("      \(Self.plain(text))") }
        if let values = help?.enumeration.flatMap({ FieldTypes(action.module.schema).values(of: $0) }), !values.isEmpty
        {
            lines.append("      one of: \(values.joined(separator: ", "))")
        }
        return lines
    }

    private var bodyLines: [String]? {
        let kind = BodyKind(action.descriptor)
        switch kind {
        case .none: return nil
        case .certificate: return ["  a certificate in PEM or DER form: --body @certificate.pem"]
        case .file: return ["  a file: --body @logo.png"]
        case .bytes(let media): return ["  a file of \(media): --body @file"]
        case .json(let model, _), .form(let model):
            let fields = model.map { FieldTypes(action.module.schema).fields(of: $0) } ?? []
            guard !fields.isEmpty else { return ["  any JSON: --body @file.json"] }
            let shown = fields.map { "  --set \($0.name)=<\($0.type)>\($0.isRequired ? "  (required)" : "")" }
            return shown + ["  or all of it as JSON: --body @file.json"]
        }
    }

    /// A command line that is complete: every required parameter has a value.
    private var example: String {
        var words = ["okta", action.category, action.name]
        for parameter in action.descriptor.parameters where parameter.isRequired {
            if parameter.location == .path {
                words.append(Self.sample(parameter.name))
            } else {
                words += ["--\(KebabCase.name(of: parameter.name))", Self.sample(parameter.name)]
            }
        }
        if action.descriptor.authorization == .client { words += ["--client", Self.sample("appId")] }
        switch BodyKind(action.descriptor) {
        case .none: break
        case .json, .form: words += ["--body", "@body.json"]
        default: words += ["--body", "@file"]
        }
        return words.joined(separator: " ")
    }

    /// A value that looks like the real one.
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

    private static func plain(_ text: String) -> String { text.filter { $0 != "`" } }
}
