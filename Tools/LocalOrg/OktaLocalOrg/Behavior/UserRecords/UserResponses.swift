import OktaRuntime

/// Responses with users.
enum UserResponses {
    /// Returns a response with a user and its entity tag.
    static func one(_ user: UserRecord, _ call: Call, _ org: OrgState) -> OrgResponse {
        var response = OrgResponse(status: 200, body: UserPresenter(origin: call.origin).bytes(user, org))
        response.headers = [("etag", etag(user))]
        return response
    }

    /// Returns the weak entity tag of `getUser`, which changes with the user.
    static func etag(_ user: UserRecord) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        mix(user.id.utf8)
        mix(user.status.rawValue.utf8)
        for (name, value) in zip(user.profile.layout.names, user.profile.values) {
            mix(name.utf8)
            if case .text(let text) = value { mix(text.utf8) } else { mix(value.json.bytes) }
        }
        // A new password changes only `passwordChanged`.
        for date in [user.lastUpdated, user.passwordChanged, user.statusChanged] {
            mix(String(date?.seconds ?? 0).utf8)
        }
        return "W/\"" + String(hash, radix: 16) + "\""
    }

    /// Returns a response with a list of users, in the requested view.
    static func list(_ users: some Sequence<UserRecord>, _ call: Call, _ org: OrgState) -> OrgResponse {
        let presenter = UserPresenter(origin: call.origin, isListItem: true)
        var body: [UInt8] = []
        body.reserveCapacity(1024 * users.underestimatedCount)
        body.append(UInt8(ascii: "["))
        for user in users {
            if body.count > 1 { body.append(UInt8(ascii: ",")) }
            presenter.write(user, org, into: &body)
        }
        body.append(UInt8(ascii: "]"))
        return UserProjection(call).applied(to: OrgResponse(status: 200, body: body))
    }
}
