import HTTPTypes
import OktaRuntime

/// Compares the body of a request with the catalog's model of it before the operation runs.
///
/// A value of another JSON type is refused as unreadable, unless ``ScalarCoercion`` can read it. A required member that is
/// missing, and a text or number out of its range, are refused with a cause each. Null is "not set", unknown members are
/// kept, and unknown values of an enumeration are the operation's affair: real orgs take all of these.
struct BodyCheck: Sendable {
    private let schema: ModelSchema
    private let model: String

    /// A check of an action's body; nil where it has none that is JSON.
    init?(_ action: ActionDescriptor, schema: ModelSchema) {
        guard let body = action.body,
            action.bodyMedia.isEmpty || action.bodyMedia.contains(where: { $0.contains("json") })
        else { return nil }
        self.schema = schema
        model = body
    }

    /// Members that Okta's document requires and that real orgs do without, by model and place.
    private static let optional: [String: Set<String>] = [
        "Application": ["$.signOnMode", "$.credentials", "$.settings", "$.settings.signOn.loginUrl", "$.name"],
        "BaseEmailServerCreate": ["$.authType"], "BaseEmailServer": ["$.authType"], "BrandRequest": ["$.name"],
    ]

    /// What is wrong with a body: the members, each with its cause, in the order of the body.
    struct Problems {
        var subjects: [String] = []
        var causes: [String] = []
        /// Whether a value has another JSON type, so that the body cannot be read at all.
        var isMalformed = false
        /// Values of another type that can be read as the right one.
        var coerced: [(steps: [JSON.Path.Step], value: JSON)] = []
    }

    func problems(_ json: JSON) -> Problems {
        var problems = Problems()
        guard model.hasPrefix("[") else {
            check(json, as: model, at: [], into: &problems)
            return problems
        }
        guard let elements = json.elements else {
            problems.isMalformed = true
            return problems
        }
        let element = String(model.dropFirst().dropLast())
        for (index, json) in elements.enumerated() {
            check(json, as: element, at: [.index(index)], into: &problems)
        }
        return problems
    }

    private func check(
        _ json: JSON, as model: String, at place: [JSON.Path.Step], into problems: inout Problems
    ) {
        func add(_ path: JSON.Path, _ text: String) {
            let name = Self.name(path)
            problems.subjects.append(name)
            problems.causes.append("\(name): \(text)")
        }
        for issue in schema.issues(in: json, as: model) {
            switch issue.reason {
            case .type(let expected, let found):
                if let value = ScalarCoercion.value(Self.value(json, at: issue.path), as: expected) {
                    problems.coerced.append((place + issue.path.steps, value))
                    continue
                }
                // Whether a text is a date or a duration is not for the reader of JSON.
                let isReadable = found == .string && Self.texts.contains(expected)
                if !isReadable, !(found == .number && expected == "integer") { problems.isMalformed = true }
            case .missing:
                if Self.optional[model]?.contains(issue.path.description) != true {
                    add(issue.path, "The field cannot be left blank")
                }
            case .outOfRange(let range):
                // An empty text and a zero are "not set".
                let value = Self.value(json, at: issue.path)
                if value?.string != "", value?.double != 0 { add(issue.path, "The field must be \(range)") }
            default: break
            }
        }
    }

    private static let texts: Set = ["dateTime", "duration", "base64", "uri"]

    /// The last name in a path: what Okta calls a member in causes.
    private static func name(_ path: JSON.Path) -> String {
        for step in path.steps.reversed() {
            if case .key(let name) = step { return name }
        }
        return "body"
    }

    private static func value(_ json: JSON, at path: JSON.Path) -> JSON? {
        path.steps.reduce(json as JSON?) { value, step in
            switch step {
            case .key(let name): value?[name]
            case .index(let index): value?[index]
            }
        }
    }

    /// Types of bodies that are no JSON. One that is not named is taken for JSON.
    private static let otherTypes = ["application/x-www-form-urlencoded", "text/plain", "text/xml", "application/xml"]

    /// An operation that runs only with a body that fits.
    func applied(to operation: Operation) -> Operation {
        var checked = operation
        checked.run = { call, org throws(OrgFault) in
            let coding = call.request.header("content-encoding")?.lowercased() ?? "identity"
            if coding != "identity" { throw .unsupportedCoding(coding) }
            let type = call.request.header("content-type")?.lowercased() ?? ""
            if Self.otherTypes.contains(where: type.hasPrefix) {
                // The endpoints of sign-in take forms, whatever the document says of their bodies.
                if call.target.segments.first == "oauth2" { return try operation.run(call, &org) }
                if !call.request.body.isEmpty { throw .unsupportedType }
            }
            let isEmpty = !call.request.body.contains { $0 > UInt8(ascii: " ") }
            var json = try call.json()
            let problems = problems(json)
            if problems.isMalformed { throw .malformedBody }
            var call = call
            for (steps, value) in problems.coerced { json.replace(at: steps[...], by: value) }
            if !problems.coerced.isEmpty { call.request.body = json.bytes }
            guard let subject = problems.subjects.first else { return try operation.run(call, &org) }
            // Its own refusal counts, if it has one: of an unknown object in the path, or in words of the operation.
            var copy = org
            _ = try operation.run(call, &copy)
            if isEmpty { throw .malformedBody }
            throw .invalid(subject, causes: problems.causes)
        }
        return checked
    }

    /// The checks of all actions, by method and normal path.
    static func all(of registry: ActionRegistry, schema: ModelSchema) -> [String: BodyCheck] {
        var checks: [String: BodyCheck] = [:]
        for action in registry.actions {
            guard let method = action.method?.rawValue, let path = action.path,
                let check = BodyCheck(action, schema: schema)
            else { continue }
            checks["\(method) \(Operation.normal(path))"] = check
        }
        return checks
    }
}
