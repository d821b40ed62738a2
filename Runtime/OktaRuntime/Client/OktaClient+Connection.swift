extension OktaClient {
    /// Tests host, network and credentials with one small request, and says how to fix a failure.
    ///
    /// Sends `GET /api/v1/org` once, after any request that the authorization needs, such as one for a token. Never
    /// throws: every failure is an outcome.
    public func verifyConnection() async -> ConnectionCheck {
        do {
            let response = try await with { $0.retry = .never }.respond(to: OktaRequest(.get, "/api/v1/org"))
            return check(outcome(of: response), requestID: response.requestID)
        } catch .transport(let failure) {
            return check(failure.error.kind == .unknownHost ? .unknownHost : .unreachable(failure.error))
        } catch .authorization(let failure) {
            return check(outcome(of: failure), requestID: failure.requestID)
        } catch .cancelled {
            return check(.cancelled)
        } catch {
            return check(.notSent(reason: error.description))
        }
    }

    private func check(_ outcome: ConnectionCheck.Outcome, requestID: String? = nil) -> ConnectionCheck {
        ConnectionCheck(
            outcome: outcome, orgURL: configuration.orgURL, requestID: requestID,
            credentials: ConnectionCheck.Credentials(configuration.authorization))
    }

    private func outcome(of failure: AuthorizationFailure) -> ConnectionCheck.Outcome {
        // An Admin Console's host issues no access tokens.
        if let suggestion = withoutAdminSuffix(configuration.origin) { return .adminHost(suggestion: suggestion) }
        return failure.isUnknownOrg ? .notOkta : .noCredentials(failure)
    }

    private func outcome(of response: OktaResponse) -> ConnectionCheck.Outcome {
        if response.status.kind == .successful, let organization = ConnectionCheck.OrgInfo(response) {
            return .verified(organization)
        }
        // Configurations reject the admin hosts of Okta's domains; this covers custom domains.
        if let suggestion = withoutAdminSuffix(configuration.origin) { return .adminHost(suggestion: suggestion) }
        let failure = APIFailure(response)
        // Every response of an org has a request id, and its errors have a code. Responses of a proxy, a sign-in page
        // or Okta's edge have neither.
        guard response.requestID != nil || failure.code != nil else { return .notOkta }
        switch response.status.code {
        case 401: return failure.code == .featureNotEnabled ? .insufficientPermissions : .invalidToken
        case 403: return .insufficientPermissions
        case 429: return .rateLimited(reset: failure.rateLimit?.reset)
        case 500...599: return .serverError(status: response.status.code)
        default: return .unexpected(status: response.status.code)
        }
    }

    private func withoutAdminSuffix(_ origin: Origin) -> String? {
        let name = origin.host.prefix { $0 != "." }
        guard name.hasSuffix("-admin"), name.count > 6 else { return nil }
        let host = name.dropLast(6) + origin.host.dropFirst(name.count)
        return Origin(scheme: origin.scheme, host: String(host), port: origin.port).text
    }
}

extension ConnectionCheck.OrgInfo {
    /// Reads the org's settings; `nil` when the body is something else, such as a sign-in page.
    init?(_ response: OktaResponse) {
        guard let json = try? response.json(), json.kind == .object,
            json[string: "id"] != nil || json[string: "subdomain"] != nil
        else { return nil }
        func shown(_ name: StaticString) -> String? {
            json[string: name].map { ForeignText.shown($0, limit: ForeignText.nameLimit) }
        }
        self.init(id: shown("id"), name: shown("companyName"), subdomain: shown("subdomain"))
    }
}
