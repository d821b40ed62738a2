import HTTPTypes
import OktaRuntime

/// Operations for the catalog actions without handwritten behavior: objects are stored and read by the action's
/// path.
struct ShapeOperations {
    let schema: ModelSchema
    private let actions: [ActionDescriptor]
    /// The actions that read a path, by normalized path.
    private let reads: [String: ActionDescriptor]
    /// The methods and normalized paths, such as `POST /api/v1/zones`.
    private let known: Set<String>
    /// The paths with members below them, or with a list operation.
    private let lists: Set<String>

    init(_ registry: ActionRegistry, schema: ModelSchema) {
        self.schema = schema
        actions = registry.actions
        var reads: [String: ActionDescriptor] = [:]
        var known: Set<String> = []
        var lists: Set<String> = []
        for action in registry.actions {
            guard let path = action.path, let method = action.method else { continue }
            let normal = Operation.normal(path)
            known.insert("\(method.rawValue) \(normal)")
            if normal.hasSuffix("/{}") { lists.insert(String(normal.dropLast(3))) }
            guard method == .get else { continue }
            if reads[normal] == nil { reads[normal] = action }
            if action.returns?.hasPrefix("[") == true { lists.insert(normal) }
        }
        self.reads = reads
        self.known = known
        self.lists = lists
    }

    /// Returns the operations of the actions that `isNeeded` selects.
    func all(where isNeeded: (_ method: String, _ path: String) -> Bool) -> [Operation] {
        actions.compactMap { action -> Operation? in
            guard let path = action.path, let method = action.method?.rawValue, isNeeded(method, path),
                var shape = operation(action)
            else { return nil }
            if let form = ShapeResponse(action, schema: schema) {
                let run = shape.run
                shape.run = { call, org throws(OrgFault) in form.completed(try run(call, &org)) }
            }
            return shape
        }
    }

    private func operation(_ action: ActionDescriptor) -> Operation? {
        guard let path = action.path, let method = action.method?.rawValue else { return nil }
        let segments = path.split(separator: "/").map(String.init)
        let normal = Operation.normal(path)
        guard let last = segments.last else { return nil }
        if last.hasPrefix("{") { return item(action, method, path, segments) }
        if segments.count >= 3, segments[segments.count - 2] == "lifecycle", method == "POST",
            segments[segments.count - 3].hasPrefix("{")
        {
            let list = "/" + segments.dropLast(3).joined(separator: "/")
            return lifecycle(action, path, list, named: last)
        }
        if lists.contains(normal), method == "GET" || method == "POST" { return list(action, method, path) }
        return single(action, method, path)
    }

    // MARK: Lists and their members

    private func resource(_ path: String) -> Resource {
        let normal = Operation.normal(path)
        let item = reads[normal + "/{}"]
        let list = reads[normal]
        let model = item?.returns ?? list?.returns?.trimmed ?? ""
        let name = path.split(separator: "/").last { !$0.hasPrefix("{") } ?? "object"
        return Resource(path, model.isEmpty ? String(name) : model, prefix(of: String(name))) { resource in
            let fields = schema.fieldNames(of: model)
            resource.createdField = ["created", "createdAt", "createdDate"].first { fields.contains($0) } ?? ""
            resource.updatedField =
                ["lastUpdated", "lastUpdate", "updatedAt", "lastUpdatedDate"].first { fields.contains($0) } ?? ""
            if fields.contains("status"), known.contains("POST \(normal)/{}/lifecycle/activate") {
                resource.initialStatus = "ACTIVE"
            }
            resource.page = list?.isPaged == true || list?.returns?.hasPrefix("[") != true ? PageRule(20) : nil
            resource.createStatus = path.hasPrefix("/governance/") ? 201 : 200
            if let list, list.returns?.hasPrefix("[") != true {
                resource.wrapper = list.pageItems ?? schema.listField(of: list.returns ?? "")
            }
            // Governance writes dates without a fraction, and names the author.
            if path.hasPrefix("/governance/") { resource.date = { $0.withoutFraction } }
            let writers = ["createdBy", "lastUpdatedBy"].filter { fields.contains($0) }
            resource.prepare = { json, change, _ throws(OrgFault) in
                for name in writers where json[name] == nil || name == "lastUpdatedBy" {
                    json[name] = JSON(change.call.caller.id)
                }
            }
            resource.links = { _ in #"{"self":{"href":"<self>"}}"# }
        }
    }

    /// Returns the three-letter prefix of ids.
    private func prefix(of name: String) -> String {
        let letters = name.lowercased().filter(\.isLetter)
        return String((letters + "obj").prefix(3))
    }

    private func item(_ action: ActionDescriptor, _ method: String, _ path: String, _ segments: [String]) -> Operation?
    {
        let resource = resource("/" + segments.dropLast().joined(separator: "/"))
        switch method {
        case "GET":
            return Operation(method, path, fidelity: .shape) { call, org throws(OrgFault) in
                try resource.get(call, &org)
            }
        case "DELETE":
            return Operation(method, path, fidelity: .shape) { call, org throws(OrgFault) in
                try resource.delete(call, &org)
            }
        case "PUT" where action.body == nil:
            // The operation links an existing object, so the request has no body.
            return Operation(method, path, fidelity: .shape) { call, org throws(OrgFault) in
                try Parents.check(resource.path, call, org)
                org.tables[resource.kind, of: resource.parent(call)][call.last] = ["id": JSON(call.last)]
                return .empty()
            }
        case "PUT", "POST", "PATCH":
            let verb: Resource.Change.Verb = method == "PUT" ? .replace : .merge
            // The operation also creates objects if no other one does.
            let creates = method != "PATCH" && !known.contains("POST \(resource.kind)")
            let takesPatch = action.body?.hasPrefix("[") == true
            return Operation(method, path, fidelity: .shape) { call, org throws(OrgFault) in
                if takesPatch { return try Self.patch(resource, call, &org) }
                if creates, org.tables[resource.kind, of: resource.parent(call)][call.last] == nil {
                    try Parents.check(resource.path, call, org)
                    org.tables[resource.kind, of: resource.parent(call)][call.last] = ["id": JSON(call.last)]
                }
                return try resource.change(verb, call, &org)
            }
        default: return nil
        }
    }

    /// Applies a JSON Patch to an object: replacements and removals of members.
    private static func patch(
        _ resource: Resource, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        guard let steps = try call.json().elements else { throw .malformedBody }
        var (id, parent, json) = try resource.find(call, org)
        for step in steps {
            let path = (step.text("path") ?? "").split(separator: "/").joined(separator: ".")
            switch step.text("op")?.lowercased() {
            case "add", "replace": json[path: path] = step["value"] ?? .null
            case "remove": json.remove([path])
            default: throw .invalid("op", "op: The operation is not supported.")
            }
        }
        org.tables[resource.kind, of: parent][id] = json
        return .json(resource.shown(json, id: id, call, org))
    }

    private func lifecycle(_ action: ActionDescriptor, _ path: String, _ list: String, named name: String) -> Operation
    {
        var resource = resource(list)
        resource.lifecycleResponse = action.returns == nil ? .noContent : .object
        let states = [
            "activate": "ACTIVE", "deactivate": "INACTIVE", "suspend": "SUSPENDED", "unsuspend": "ACTIVE",
            "pause": "PAUSED", "resume": "ACTIVE", "publish": "PUBLISHED",
        ]
        return Operation("POST", path, fidelity: .shape) { [resource] call, org throws(OrgFault) in
            try resource.setStatus(states[name] ?? name.uppercased(), named: name, call, &org)
        }
    }

    private func list(_ action: ActionDescriptor, _ method: String, _ path: String) -> Operation {
        let resource = resource(path)
        if method == "GET" {
            return Operation(method, path, fidelity: .shape) { call, org throws(OrgFault) in
                try resource.list(call, &org)
            }
        }
        guard action.body?.hasPrefix("[") == true else {
            return Operation(method, path, fidelity: .shape) { call, org throws(OrgFault) in
                try resource.create(call, &org)
            }
        }
        // The body has several objects.
        return Operation(method, path, fidelity: .shape) { call, org throws(OrgFault) in
            guard let elements = try call.json().elements else { throw .malformedBody }
            var created: [JSON] = []
            for element in elements {
                var single = call
                single.request.body = element.bytes
                let response = try resource.create(single, &org)
                created.append((try? JSON(parsing: response.body)) ?? .emptyObject)
            }
            return .json(JSON(created), status: resource.createStatus)
        }
    }

    // MARK: Single objects and other operations

    private func single(_ action: ActionDescriptor, _ method: String, _ path: String) -> Operation {
        let hasGet = known.contains("GET \(Operation.normal(path))")
        let model = action.returns
        let kind = "shape" + Operation.normal(path)
        let schema = schema
        return Operation(method, path, fidelity: .shape) { call, org throws(OrgFault) in
            try Parents.check(path, call, org)
            let key = call.parameters.joined(separator: "/")
            let stored = org.tables[kind][key]
            switch method {
            case "GET":
                guard let model else { return .empty() }
                if let accept = action.accept, !accept.contains("json") { return .text("", type: accept) }
                return .json(stored ?? (model.hasPrefix("[") ? [] : schema.skeleton(of: model)))
            case "DELETE":
                org.tables[kind][key] = nil
                return .empty()
            default:
                var json = method == "PUT" ? JSON.emptyObject : stored ?? .emptyObject
                if let body = try? call.object() { json.merge(body) }
                if hasGet { org.tables[kind][key] = json }
                guard let model else { return .empty() }
                if model.hasPrefix("[") { return .json([]) }
                json.fill(from: schema.skeleton(of: model))
                return .json(json)
            }
        }
    }
}

extension String {
    /// The element type of a list, such as `User` for `[User]`.
    fileprivate var trimmed: String { hasPrefix("[") ? String(dropFirst().dropLast()) : self }
}
