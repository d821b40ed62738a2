import OktaRuntime

/// The form of an action's response. Members that its model requires are added if the response lacks them, with empty
/// values.
struct ShapeResponse: Sendable {
    private let schema: ModelSchema
    private let model: String
    private let isList: Bool
    /// The member with the list if an object wraps it.
    private let items: String?

    /// Creates the form of an action's response; nil if the response is not JSON.
    init?(_ action: ActionDescriptor, schema: ModelSchema) {
        guard let returns = action.returns, action.accept.map({ $0.contains("json") }) ?? true else { return nil }
        self.schema = schema
        isList = returns.hasPrefix("[")
        model = isList ? String(returns.dropFirst().dropLast()) : returns
        items = isList ? nil : action.pageItems ?? schema.listField(of: returns)
    }

    func completed(_ response: OrgResponse) -> OrgResponse {
        guard (200..<300).contains(response.status), var json = try? JSON(parsing: response.body) else {
            return response
        }
        if isList {
            json = JSON((json.elements ?? [json]).map { filled($0) })
        } else {
            if json.kind == .array { json = items.map { JSON(members: [($0, json)]) } ?? json[0] ?? .emptyObject }
            if let items, json[items] == nil { json[items] = [] }
            json = filled(json)
        }
        var completed = response
        completed.body = json.bytes
        return completed
    }

    private func filled(_ json: JSON) -> JSON { filled(json, as: model, isItem: false) }

    /// Completes an object. Nested objects keep the form of the request, except for links, which the org sets.
    private func filled(_ json: JSON, as model: String, isItem: Bool) -> JSON {
        guard json.kind == .object else { return json }
        let form = schema.form(of: model, json)
        var filled = json
        for (name, value) in schema.skeleton(of: form).members ?? [] where json[name] == nil { filled[name] = value }
        let fields = schema.declaration(form)?["fields"]
        func type(_ name: String) -> String? { fields?[name].flatMap { $0.string ?? $0.text("type") } }
        if let links = filled["_links"], let type = type("_links") {
            var completed = links
            completed.fill(from: schema.skeleton(of: type))
            filled["_links"] = completed
        }
        if !isItem, let items, let elements = filled[items]?.elements, let type = type(items), type.hasPrefix("[") {
            let element = String(type.dropFirst().dropLast())
            filled[items] = JSON(elements.map { self.filled($0, as: element, isItem: true) })
        }
        return filled
    }
}

extension ModelSchema {
    /// Returns the names of a model's fields, including inherited ones.
    func fieldNames(of model: String) -> Set<String> {
        var names: Set<String> = []
        var current = declaration(model)
        for _ in 0..<8 {
            guard let declaration = current else { break }
            names.formUnion((declaration["fields"]?.members ?? []).map(\.key))
            current = declaration["parent"]?.string.flatMap { self.declaration($0) }
        }
        return names
    }

    /// Returns the member of a model, or of its first variant, with a list of objects.
    func listField(of model: String, depth: Int = 0) -> String? {
        for (name, field) in declaration(model)?["fields"]?.members ?? [] {
            if (field.string ?? field.text("type"))?.hasPrefix("[") == true { return name }
        }
        guard depth < 4, let first = declaration(model)?["variants"]?.elements?.first?.string else { return nil }
        return listField(of: first, depth: depth + 1)
    }

    /// Returns the variant of a model by the object's discriminator; the model itself if there is none.
    func form(of model: String, _ json: JSON) -> String {
        guard let declaration = declaration(model), let name = declaration.text("discriminator"),
            let value = json.text(name)
        else { return model }
        return declaration["variants"]?[value]?.string ?? model
    }

    /// Returns an object with the required fields of a model and empty values.
    func skeleton(of model: String, depth: Int = 0) -> JSON {
        var json = JSON.emptyObject
        var current = declaration(model)
        for _ in 0..<8 {
            guard let declaration = current else { break }
            for (name, field) in declaration["fields"]?.members ?? []
            where field["required"]?.bool == true && json[name] == nil {
                json[name] = empty(
                    field.text("type") ?? "string", isNullable: field["nullable"]?.bool == true, depth: depth)
            }
            current = declaration["parent"]?.string.flatMap { self.declaration($0) }
        }
        return json
    }

    private func empty(_ type: String, isNullable: Bool, depth: Int) -> JSON {
        if isNullable { return .null }
        switch type {
        case "string", "uri", "base64": return ""
        case "integer", "number": return 0
        case "boolean": return false
        case "dateTime", "duration", "json": return .null
        default:
            if type.hasPrefix("[") { return [] }
            if type.hasPrefix("{") { return [:] }
            if let values = declaration(type)?.elements { return values.first ?? "" }
            return depth < 3 ? skeleton(of: type, depth: depth + 1) : [:]
        }
    }
}
