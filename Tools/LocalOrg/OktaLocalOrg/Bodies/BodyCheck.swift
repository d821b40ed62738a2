import HTTPTypes
import OktaRuntime

/// Validates the body of a request against the catalog's model before the operation runs.
///
/// A value of another JSON type makes the body unreadable, unless ``ScalarCoercion`` can convert it. Missing required
/// members, and texts or numbers out of range, are each reported as a cause. Null means "not set", unknown members are
/// kept, and unknown enumeration values are left to the operation: real orgs accept all of these.
struct BodyCheck: Sendable {
    private let schema: ModelSchema
    private let model: String

    /// Creates the check of an action; nil if its body is not JSON.
    init?(_ action: ActionDescriptor, schema: ModelSchema) {
        guard let body = action.body,
            action.bodyMedia.isEmpty || action.bodyMedia.contains(where: { $0.contains("json") })
        else { return nil }
        self.schema = schema
        model = body
    }

    /// Members that Okta's document requires but real orgs do not, by model and place.
    private static let optional: [String: Set<String>] = [
        "Application": ["$.signOnMode", "$.credentials", "$.settings", "$.settings.signOn.loginUrl", "$.name"],
        "PolicyRule": ["$.conditions.elCondition.condition"],
        "BaseEmailServerCreate": ["$.authType"], "BaseEmailServer": ["$.authType"], "BrandRequest": ["$.name"],
    ]

    /// Problems of a body: members with a cause each, in the order of the body.
    struct Problems {
        var subjects: [String] = []
        var causes: [String] = []
        /// Whether a value has another JSON type, which makes the body unreadable.
        var isMalformed = false
        /// Values of another type that can be converted.
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
                // The JSON decoder does not parse dates and durations.
                let isReadable = found == .string && Self.texts.contains(expected)
                if !isReadable, !(found == .number && expected == "integer") { problems.isMalformed = true }
            case .missing:
                let place = issue.path.description
                // The models of settings are those of Okta's templates; an app of the catalog has others.
                let isOfCatalog =
                    model == "Application" && place.hasPrefix("$.settings.app.") && json.text("name") != nil
                    && AppNames.isOfCatalog(json)
                if Self.optional[model]?.contains(place) != true, !isOfCatalog {
                    add(issue.path, "The field cannot be left blank")
                }
            case .outOfRange(let range):
                // An empty text and zero mean "not set".
                let value = Self.value(json, at: issue.path)
                if value?.string != "", value?.double != 0 { add(issue.path, "The field must be \(range)") }
            default: break
            }
        }
    }

    private static let texts: Set = ["dateTime", "duration", "base64", "uri"]

    /// Returns the last name in a path, which Okta uses for a member in causes.
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

    /// Media types that are not JSON. Any other type counts as JSON.
    private static let otherTypes = ["application/x-www-form-urlencoded", "text/plain", "text/xml", "application/xml"]

    /// Returns the operation with this check before it.
    func applied(to operation: Operation) -> Operation {
        var checked = operation
        checked.run = { call, org throws(OrgFault) in
            let coding = call.request.header("content-encoding")?.lowercased() ?? "identity"
            if coding != "identity" { throw .unsupportedCoding(coding) }
            let type = call.request.header("content-type")?.lowercased() ?? ""
            if Self.otherTypes.contains(where: type.hasPrefix) {
                // OAuth endpoints accept forms, even where Okta's document does not list them.
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
            // An error of the operation itself takes precedence, such as an unknown object in the path or a more
            // specific message.
            var copy = org
            _ = try operation.run(call, &copy)
            if isEmpty { throw .malformedBody }
            throw .invalid(subject, causes: problems.causes)
        }
        return checked
    }

    /// Returns the checks of all actions, by method and normalized path.
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
