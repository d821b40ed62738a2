extension ActionBodies {
    private static let appName = "orn:okta:idp:o:apps:oidc_client:<app>"
    private static let target = #"{"externalId":"<app>","type":"APPLICATION"}"#
    private static let principal = #"{"externalId":"<user>","type":"OKTA_USER"}"#
    private static let campaign = """
        {"name":"c<n>","campaignType":"RESOURCE","scheduleSettings":{"type":"ONE_OFF","startDate":\
        "2026-12-01T00:00:00.000Z","durationInDays":10,"timeZone":"UTC"},"resourceSettings":{"type":"APPLICATION",\
        "targetResources":[{"resourceId":"<assignedApp>","resourceType":"APPLICATION"}]},"principalScopeSettings":\
        {"type":"USERS"},"reviewerSettings":{"type":"USER","reviewerId":"<user>"},"remediationSettings":\
        {"accessApproved":"NO_ACTION","accessRevoked":"DENY","noResponse":"NO_ACTION"}}
        """
    private static let entitlement = """
        "name":"e<n>","externalValue":"e<n>","description":"d","multiValue":true,"dataType":"array",\
        "values":[{"name":"v","externalValue":"v<n>","description":"d"}]
        """
    private static let grant = """
        "grantType":"CUSTOM","targetPrincipal":\(principal),"target":\(target),"action":"ALLOW","actor":"API","entitlements":[]
        """
    private static let condition = """
        {"name":"c<n>","description":"d","approvalSequenceId":"61eb0f06c462d20007f051ac",\
        "requesterSettings":{"type":"EVERYONE"},\
        "accessScopeSettings":{"type":"RESOURCE_DEFAULT"}}
        """
    private static let assigned = #"{"resourceOrns":["\#(appName)"],"labelValueIds":["<labelValue>"]}"#
    private static let approval = #"{"value":"APPROVED"}"#

    /// A review of a user's complete access, by that user.
    static func accessReview(of user: String) -> String {
        """
        {"principalId":"\(user)","name":"r<n>","reviewerSettings":{"type":"USER","userSettings":\
        {"includedUserIds":["\(user)"]}}}
        """
    }

    /// A rule against having a value of an entitlement twice. It is sufficient for a request.
    static func riskRule(app: String, entitlement: String, value: String, number: String) -> String {
        let criteria = ["a", "b"].map { name in
            """
            {"name":"\(name)","attribute":"principal.effective_grants","operation":"CONTAINS_ONE","value":\
            {"type":"ENTITLEMENTS","value":[{"id":"\(entitlement)","values":[{"id":"\(value)"}]}]}}
            """
        }
        return """
            {"name":"r\(number)","type":"SEPARATION_OF_DUTIES","resources":[{"resourceOrn":"orn:okta:idp:o:apps:x:\(app)"}],\
            "conflictCriteria":{"and":[\(criteria.joined(separator: ","))]}}
            """
    }

    /// Identity Governance.
    static let governance: [String: String] = [
        "POST /governance/api/v2/security-access-reviews": accessReview(of: "<user>"),
        "PATCH /governance/api/v2/security-access-reviews/{}": #"{"endTime":"2025-12-24T00:00:00Z"}"#,
        "POST /governance/api/v2/security-access-reviews/{}/actions": #"{"actionType":"CLOSE_REVIEW"}"#,
        "POST /governance/api/v2/security-access-reviews/{}/comment": #"{"comment":"c"}"#,
        "POST /governance/api/v2/security-access-reviews/{}/accesses/{}/actions": #"{"type":"REVOKE_ACCESS"}"#,
        "POST /governance/api/v2/my/security-access-reviews/{}/actions": #"{"actionType":"CLOSE_REVIEW"}"#,
        "POST /governance/api/v2/my/security-access-reviews/{}/comment": #"{"comment":"c"}"#,
        "POST /governance/api/v2/my/security-access-reviews/{}/accesses/{}/actions": #"{"type":"REVOKE_ACCESS"}"#,
        "POST /governance/api/v1/campaigns": campaign,
        "POST /governance/api/v1/campaigns/{}/end": #"{"skipRemediation":false}"#,
        "POST /governance/api/v1/campaigns/{}/reviews/reassign":
            #"{"reviewerId":"<user>","reviewIds":["<review>"],"note":"n"}"#,
        "POST /governance/api/v1/collections": #"{"name":"c<n>"}"#,
        "PUT /governance/api/v1/collections/{}": #"{"name":"c<n>"}"#,
        "POST /governance/api/v1/collections/{}/assignments": #"[{"principal":\#(principal),"actor":"API"}]"#,
        "PATCH /governance/api/v1/collections/{}/assignments/{}":
            #"[{"op":"REPLACE","path":"/timeZone","value":"UTC"}]"#,
        "POST /governance/api/v1/collections/{}/resources": #"[{"resourceOrn":"\#(appName)","entitlements":[]}]"#,
        "PUT /governance/api/v1/collections/{}/resources/{}": #"{"entitlements":[]}"#,
        "POST /governance/api/v1/entitlements": #"{\#(entitlement),"parent":\#(target)}"#,
        "PUT /governance/api/v1/entitlements/{}":
            #"{"id":"<own>","parent":\#(target),"parentResourceOrn":"\#(appName)",\#(entitlement)}"#,
        "PATCH /governance/api/v1/entitlements/{}":
            #"[{"op":"REPLACE","path":"/name","value":"n","refType":"ENTITLEMENT"}]"#,
        "POST /governance/api/v1/entitlement-bundles": #"{"name":"b<n>","target":\#(target),"entitlements":[]}"#,
        "PUT /governance/api/v1/entitlement-bundles/{}":
            #"{"id":"<own>","name":"b<n>","targetResourceOrn":"\#(appName)","target":\#(target),"entitlements":[]}"#,
        "POST /governance/api/v1/grants": "{\(grant)}",
        "PUT /governance/api/v1/grants/{}": """
        {"id":"<own>","status":"ACTIVE","targetPrincipalOrn":"orn:okta:directory:o:users:<user>",\
        "targetResourceOrn":"\(appName)","_links":{"self":{"href":"https://acme.okta.com"}},\(grant)}
        """,
        "PATCH /governance/api/v1/grants/{}":
            #"{"id":"<own>","scheduleSettings":{"expirationDate":"2027-01-01T00:00:00Z","timeZone":"UTC"}}"#,
        "POST /governance/api/v1/risk-rules": "<riskRule>",
        "PUT /governance/api/v1/risk-rules/{}": #"{"id":"<own>","name":"r<n>"}"#,
        "POST /governance/api/v1/risk-rule-assessments":
            #"{"principalOrn":"orn:okta:directory:o:users:<user>","resourceOrn":"orn:okta:governance:o:bundles:b"}"#,
        "POST /governance/api/v1/settings/integrations": #"{"type":"SLACK"}"#,
        "POST /governance/api/v2/revoke-principal-access": """
        {"principalOrn":"orn:okta:directory:o:users:<user>","revokeOrns":["orn:okta:idp:o:apps:oidc_client:<app>"]}
        """,
        "POST /governance/api/v1/labels": #"{"name":"l<n>","values":[{"name":"v<n>"}]}"#,
        "PATCH /governance/api/v1/labels/{}":
            #"[{"op":"REPLACE","path":"/name","value":"n<n>","refType":"LABEL-CATEGORY"}]"#,
        "POST /governance/api/v1/resource-labels/assign": assigned,
        "POST /governance/api/v1/resource-labels/unassign": assigned,
        "PATCH /governance/api/v1/principal-settings/{}":
            #"{"delegates":{"appointments":[{"delegate":\#(principal)}]}}"#,
        "POST /governance/api/v2/resources/{}/request-conditions": condition,
        "PATCH /governance/api/v2/resources/{}/request-conditions/{}": #"{"name":"c<n>"}"#,
        "POST /governance/api/v2/my/catalogs/default/entries/{}/requests": #"{"requesterFieldValues":[]}"#,
        "POST /governance/api/v2/requests":
            #"{"requested":{"type":"CATALOG_ENTRY","entryId":"<entry>"},"requestedFor":\#(principal)}"#,
        "PATCH /governance/api/v2/tasks/{}": #"{"assignees":[\#(principal)]}"#,
        "POST /governance/api/v2/tasks/{}/resolve": approval,
        "POST /governance/api/v2/my/tasks/{}/resolve": approval,
        "POST /governance/api/v1/request-types": requestType,
        "POST /governance/api/v1/requests": #"{"requestTypeId":"<requestType>","subject":"s"}"#,
        "POST /governance/api/v1/requests/{}/messages": #"{"message":"m"}"#,
        "POST /governance/api/v2/requests/{}/messages": #"{"message":"m"}"#,
        "POST /governance/api/v1/resource-owners":
            #"{"principalOrns":["\#(userName)"],"resourceOrns":["<appOrn>"]}"#,
        "PATCH /governance/api/v1/resource-owners": """
        {"resourceOrn":"<appOrn>","data":[{"op":"REMOVE","path":"/principalOrn","value":"\(userName)"}]}
        """,
        "POST /governance/api/v1/my/campaigns/{}/reviews/bulk-decisions": """
        {"criteria":{"type":"GOVERNANCE_ANALYZER","govAnalyzerCriteria":{"recommendedActionDecision":"APPROVE"}},\
        "reviewDecision":"APPROVE"}
        """,
    ]
    private static let userName = "orn:okta:directory:o:users:<user>"
    private static let requestType = """
        {"name":"t<n>","description":"d","status":"ACTIVE","ownerId":"<team>","resourceSettings":\
        {"type":"GROUPS","targetResources":[{"resourceId":"<group>"}]},"requestSettings":{"type":"EVERYONE",\
        "requesterFields":[]},"approvalSettings":{"type":"NONE"}}
        """

    /// MyAccount: the calling user is the admin of the org.
    static let account: [String: String] = [
        "PATCH /idp/myaccount/authenticators/{}/enrollments/{}": #"{"nickname":"n"}"#,
        "POST /idp/myaccount/emails":
            #"{"profile":{"email":"m<n>@example.com"},"role":"SECONDARY","sendEmail":true,"state":"s"}"#,
        "POST /idp/myaccount/emails/{}/challenge": #"{"state":"s"}"#,
        "POST /idp/myaccount/emails/{}/challenge/{}/verify": #"{"verificationCode":"<code>"}"#,
        "POST /idp/myaccount/password": #"{"profile":{"password":"Password-1234"}}"#,
        "PUT /idp/myaccount/password": #"{"profile":{"password":"Password-1234"}}"#,
        "POST /idp/myaccount/password/change-password":
            #"{"oldPassword":"<myPassword>","newPassword":"Another-5678"}"#,
        "POST /idp/myaccount/phones": #"{"profile":{"phoneNumber":"+15551234567"},"method":"SMS"}"#,
        "POST /idp/myaccount/phones/{}/challenge": #"{"method":"SMS"}"#,
        "POST /idp/myaccount/phones/{}/verify": #"{"verificationCode":"<code>"}"#,
        "PUT /idp/myaccount/profile": #"{"profile":<myProfile>}"#,
        "POST /idp/myaccount/webauthn": #"{"attestation":"bm9uZQ","clientData":"<clientData>"}"#,
        "POST /idp/myaccount/app-authenticators": "<appEnrollment>",
        "PATCH /idp/myaccount/app-authenticators/{}": #"{"methods":{"push":{"pushToken":"t2"}}}"#,
        "POST /idp/myaccount/app-authenticators/challenge/{}/verify":
            #"{"method":"push","challengeResponse":"<pushResponse>"}"#,
    ]
}
