import LoopbackServer

/// A user of the org.
struct DemoPerson: Sendable {
    let id: String
    let login: String
    var status = "ACTIVE"

    var json: String {
        #"{"id":"\#(id)","status":"\#(status)","profile":{"login":"\#(login)","email":"\#(login)"}}"#
    }
}

/// A group of the org.
struct DemoGroup: Sendable {
    let id: String
    var type = "OKTA_GROUP"
    let name: String
    var description: String?
    /// Ids of users.
    var members: Set<String>

    var json: String {
        let description = description.map { "\"\($0)\"" } ?? "null"
        return #"{"id":"\#(id)","type":"\#(type)","profile":{"name":"\#(name)","description":\#(description)}}"#
    }
}

/// An event of the System Log.
public struct DemoEvent: Sendable {
    let id: String
    let type: String
    let published: String

    /// Creates an event.
    public init(id: String, type: String, published: String) {
        (self.id, self.type, self.published) = (id, type, published)
    }

    var json: String { #"{"uuid":"\#(id)","published":"\#(published)","eventType":"\#(type)"}"# }
}

/// What the org knows, and how it responds.
struct DemoState {
    var people: [DemoPerson]
    var groups: [DemoGroup]
    var events: [DemoEvent]

    mutating func response(to call: DemoCall) -> LoopbackResponse {
        switch call.route {
        case "GET /api/v1/org": .found(#"{"id":"00o1","companyName":"Demo Org","subdomain":"demo"}"#)
        case "GET /api/v1/users": page(of: people.map(\.json), for: call)
        case "GET /api/v1/groups": page(of: groups.map(\.json), for: call)
        case "GET /api/v1/logs": page(of: events.map(\.json), for: call, isEndless: true)
        case let route where route.contains(" /api/v1/users/"): responseAboutPerson(call)
        case let route where route.hasPrefix("DELETE /api/v1/groups/"): removeMember(call)
        default: .missing(call.route)
        }
    }

    private mutating func responseAboutPerson(_ call: DemoCall) -> LoopbackResponse {
        guard let name = call.path.dropFirst(3).first,
            let index = people.firstIndex(where: { $0.id == name || $0.login == name })
        else { return .missing(call.route) }
        let person = people[index]
        switch (call.route.prefix { $0 != " " }, call.path.dropFirst(4).joined(separator: "/")) {
        case ("GET", ""):
            return .found(person.json)
        case ("GET", "groups"):
            return page(of: groups.filter { $0.members.contains(person.id) }.map(\.json), for: call)
        case ("DELETE", "sessions"):
            return .empty(204)
        case ("POST", "lifecycle/deactivate"):
            people[index].status = "DEPROVISIONED"
            return .found("{}")
        default:
            return .missing(call.route)
        }
    }

    private mutating func removeMember(_ call: DemoCall) -> LoopbackResponse {
        guard call.path.count == 6, call.path[4] == "users",
            let index = groups.firstIndex(where: { $0.id == call.path[3] && $0.type == "OKTA_GROUP" })
        else { return .missing(call.route) }
        groups[index].members.remove(call.path[5])
        return .empty(204)
    }

    /// A page, with a link to the next one; the last page of an endless list links to what will follow.
    private func page(of items: [String], for call: DemoCall, isEndless: Bool = false) -> LoopbackResponse {
        let limit = min(max(call.query["limit"].flatMap { Int($0) } ?? 200, 1), 1000)
        let start = min(max(call.query["after"].flatMap { Int($0) } ?? 0, 0), items.count)
        let end = min(start + limit, items.count)
        var headers: [(String, String)] = []
        if end < items.count || isEndless {
            let path = "/" + call.path.joined(separator: "/")
            headers.append(("Link", "<http://\(call.host)\(path)?after=\(end)&limit=\(limit)>; rel=\"next\""))
        }
        return .found("[\(items[start..<end].joined(separator: ","))]", headers: headers)
    }
}
