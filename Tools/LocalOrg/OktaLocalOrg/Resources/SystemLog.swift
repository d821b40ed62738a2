import OktaRuntime

/// Records events in the System Log.
enum SystemLog {
    private static let expected: Set = ["SUCCESS", "ALLOW", "CHALLENGE"]

    /// Records an event by the caller with its targets.
    static func record(
        _ type: String, _ call: Call, _ org: inout OrgState, targets: [LogEvent.Party], outcome: String = "SUCCESS",
        reason: String? = nil
    ) {
        let type = EventTypes.actual[type] ?? type
        let event = LogEvent(
            uuid: org.ids.uuid(), published: org.now, type: type, message: EventTypes.message(of: type),
            severity: expected.contains(outcome) ? "INFO" : "WARN", outcome: outcome, reason: reason,
            actor: actor(call.caller), targets: targets, origin: origin(call))
        org.log.append(event)
        if !org.tables["/api/v1/eventHooks"].isEmpty { org.hookedEvents.append(event) }
    }

    /// Returns a user as a party of an event.
    static func party(_ user: UserRecord) -> LogEvent.Party {
        let profile = user.profile
        return LogEvent.Party(
            id: user.id, type: "User", alternateID: profile.text("login") ?? "unknown",
            displayName: [profile.text("firstName"), profile.text("lastName")].compactMap { $0 }
                .joined(separator: " "))
    }

    /// Returns an object of another type as a party of an event, with Okta's display name.
    static func party(_ object: JSON?, id: String, type: String) -> LogEvent.Party {
        LogEvent.Party(
            id: id, type: type, alternateID: "unknown",
            displayName: object?.text("label") ?? object?.text("name") ?? object?.text("profile.name") ?? "unknown")
    }

    private static func actor(_ caller: Caller) -> LogEvent.Party {
        LogEvent.Party(
            id: caller.id, type: caller.isApp ? "PublicClientApp" : "User", alternateID: caller.name,
            displayName: caller.name)
    }

    /// Returns the client's address. A local org has no other than the loopback address, unless a proxy states one.
    static func address(of request: LocalRequest) -> String {
        let forwarded = request.header("x-forwarded-for")?.split(separator: ",").first
        return forwarded.map { String($0.drop { $0 == " " }) } ?? "127.0.0.1"
    }

    private static func origin(_ call: Call) -> LogEvent.Origin {
        let request = call.request
        return LogEvent.Origin(
            requestID: call.requestID, path: call.target.path, url: request.target,
            userAgent: request.header("user-agent"),
            address: address(of: request),
            tokenID: request.header("authorization")?.uppercased().hasPrefix("SSWS") == true
                ? "00T" + call.caller.id.dropFirst(3) : nil)
    }
}
