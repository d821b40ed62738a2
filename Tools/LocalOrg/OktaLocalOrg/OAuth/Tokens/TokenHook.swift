#if LocalOrg
import OktaRuntime

/// The token inline hook of an access policy rule. The service is called before the tokens are signed. It can change
/// claims and lifetimes, or refuse the tokens; if it fails, the tokens stay as they are.
enum TokenHook {
    /// Signs the tokens and returns the response with them.
    typealias Finish = @Sendable (TokenDrafts, inout OrgState) throws(OAuthRefusal) -> OrgResponse
    /// Returns the response without tokens.
    typealias Refuse = @Sendable (OAuthRefusal, inout OrgState) -> OrgResponse

    /// A response has less than 256 KB.
    private static let maximumResponseBytes = 256 << 10

    /// Calls the hook of the rule that permits the tokens, if it names an active one, and finishes the response.
    static func call(
        for drafts: TokenDrafts, _ issue: TokenIssue, _ issuer: Issuer, _ call: Call, _ org: inout OrgState,
        refuse: @escaping Refuse, finish: @escaping Finish
    ) throws(OAuthRefusal) -> OrgResponse {
        guard drafts.access != nil || drafts.identity != nil, let id = issue.verdict.hookID,
            let hook = org.tables[InlineHooks.kind][id], hook.text("status") == "ACTIVE"
        else { return try finish(drafts, &org) }
        let request = TokenHookRequest(drafts: drafts, issue: issue, issuer: issuer, call: call)
        // Token inline hooks are not called again.
        let delivery = InlineHooks.delivery(of: request.json(org), to: hook, attempts: 1, call, &org)
        // The status is not one of success, so that the request does not count as a change without an event.
        return OrgResponse(
            status: 0,
            hook: HookCall(delivery: delivery) { delivery, org throws(OrgFault) in
                do throws(OAuthRefusal) {
                    let record = { (type: String, problem: String?, org: inout OrgState) in
                        OAuthLog.record(
                            type, issue.client, [SystemLog.party(hook, id: id, type: "InlineHook")],
                            outcome: problem == nil ? "SUCCESS" : "FAILURE", reason: problem, call, &org)
                    }
                    let drafts = try changed(drafts, by: delivery, &org, record: record)
                    return try finish(drafts, &org)
                } catch {
                    return refuse(error, &org)
                }
            })
    }

    /// Returns the tokens as the response of the service changes them.
    private static func changed(
        _ drafts: TokenDrafts, by delivery: HookDelivery, _ org: inout OrgState,
        record: (_ type: String, _ problem: String?, inout OrgState) -> Void
    ) throws(OAuthRefusal) -> TokenDrafts {
        let status = delivery.statuses.last ?? nil
        // 204 means that the service changes nothing.
        guard delivery.outcome == .delivered, status == 200 || status == 204 else {
            record("inline_hook.executed", InlineHooks.problem(delivery), &org)
            return drafts
        }
        record("inline_hook.executed", nil, &org)
        guard status == 200 else { return drafts }
        let processed = "inline_hook.response.processed"
        guard delivery.responseBody.count < maximumResponseBytes,
            let response = try? JSON(parsing: delivery.responseBody),
            response.kind == .object
        else {
            record(processed, "The response of the hook is not a JSON object of less than 256 KB.", &org)
            return drafts
        }
        if let error = response["error"], error.kind == .object {
            let summary = error.text("errorSummary") ?? "The callback service returned an error"
            record(processed, summary, &org)
            throw OAuthRefusal("server_error", summary)
        }
        do throws(TokenPatch.Failure) {
            let changed = try TokenPatch.applied(response, to: drafts)
            record(processed, nil, &org)
            return changed
        } catch {
            record(processed, error.reason, &org)
            return drafts
        }
    }
}
#endif
