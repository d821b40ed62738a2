import HTTPTypes
import Okta
import OktaGovernance
import OktaMyAccount
import OktaOAuthAPI
import OktaRuntime

@testable import OktaLocalOrg

/// Creates the smallest value that a model allows.
struct ModelSample {
    let schema: ModelSchema

    func text(of model: String) -> String { String(decoding: value(of: model, depth: 0).bytes, as: UTF8.self) }

    private func value(of type: String, depth: Int) -> JSON {
        switch type {
        case "string": return "sample"
        case "uri": return "https://example.com"
        case "dateTime": return "2026-12-01T00:00:00.000Z"
        case "duration": return "PT1H"
        case "base64": return "AAAA"
        case "integer", "number": return 1
        case "boolean": return true
        case "json": return [:]
        default: break
        }
        if type.hasPrefix("[") { return [] }
        if type.hasPrefix("{") || depth > 6 { return [:] }
        guard let declaration = schema.declaration(type) else { return [:] }
        if let values = declaration.elements { return values.first ?? "" }
        if let name = declaration.text("discriminator"), let (form, model) = declaration["variants"]?.members?.first {
            var json =
                model.string == type ? object(declaration, depth) : value(of: model.string ?? "", depth: depth + 1)
            json[name] = JSON(form)
            return json
        }
        let own = object(declaration, depth)
        if own.count == 0, let first = declaration["variants"]?.elements?.first?.string {
            return value(of: first, depth: depth + 1)
        }
        return own
    }

    private func object(_ declaration: JSON, _ depth: Int) -> JSON {
        var json = JSON.emptyObject
        var current: JSON? = declaration
        for _ in 0..<8 {
            guard let model = current else { break }
            for (name, field) in model["fields"]?.members ?? [] where field["required"]?.bool == true {
                guard json[name] == nil else { continue }
                var value = value(of: field.text("type") ?? "string", depth: depth + 1)
                if let text = value.string, let least = field["minLength"]?.int, text.count < least {
                    value = JSON(String(repeating: "s", count: least))
                }
                if let low = field["minimum"]?.int, let number = value.int, number < low { value = JSON(low) }
                json[name] = value
            }
            current = model.text("parent").flatMap { schema.declaration($0) }
        }
        return json
    }
}

extension ModelSample {
    /// The smallest body of each operation of the catalogs, by method and normalized path.
    static let bodies: [String: JSON] = {
        var bodies: [String: JSON] = [:]
        let modules: [(ActionRegistry, ModelSchema)] = [
            (.okta, .okta), (.oktaGovernance, .oktaGovernance), (.oktaMyAccount, .oktaMyAccount),
            (.oktaOAuthAPI, .oktaOAuthAPI),
        ]
        for (registry, schema) in modules {
            for action in registry.actions {
                guard let method = action.method?.rawValue, let path = action.path, let body = action.body else {
                    continue
                }
                let text = ModelSample(schema: schema).text(of: body)
                bodies["\(method) \(Operation.normal(path))"] = try? JSON(parsing: Array(text.utf8))
            }
        }
        return bodies
    }()
}
