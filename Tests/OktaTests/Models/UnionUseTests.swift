import Foundation
import HTTPTypes
import Okta
import Testing

/// Unions as a program uses them: created, read, changed and sent back.
@Suite("Unions: use") struct UnionUseTests {
    @Test("Unions: an app is created from its variant")
    func createApplication() async throws {
        let (okta, transport) = try OktaClient.recording(returning: "{}")
        try await okta.application.createApplication(
            OpenIdConnectApplication(
                label: "Shop",
                credentials: .init(oauthClient: .init(tokenEndpointAuthMethod: .clientSecretPost)),
                settings: .init(oauthClient: .init(grantTypes: [.clientCredentials]))))
        #expect(
            transport.lastBody == #"{"signOnMode":"OPENID_CONNECT","name":"oidc_client","label":"Shop","#
                + #""credentials":{"oauthClient":{"token_endpoint_auth_method":"client_secret_post"}},"#
                + #""settings":{"oauthClient":{"grant_types":["client_credentials"]}}}"#)
    }

    @Test("Unions: a variant that is filled in contains its discriminator")
    func filledInForm() async throws {
        let (okta, transport) = try OktaClient.recording(returning: "{}")
        try await okta.application.createApplication(BookmarkApplication.with { $0.label = "Docs" })
        #expect(transport.lastBody == #"{"signOnMode":"BOOKMARK","name":"bookmark","label":"Docs"}"#)
        try await okta.application.createApplication(.with { $0.label = "Any" })
        #expect(transport.lastBody == #"{"label":"Any"}"#)
        try await okta.application.createApplication(.bookmark(.with { $0.label = "Docs" }), activate: false)
        #expect(transport.lastBody == #"{"signOnMode":"BOOKMARK","name":"bookmark","label":"Docs"}"#)
    }

    @Test("Unions: changing one field of a variant keeps all other fields")
    func changeAndReplace() async throws {
        let text =
            #"{"id":"0oa1","signOnMode" : "OPENID_CONNECT","label":"Old","settings":{ "new": [ 1.50 ] },"x":null}"#
        let (okta, transport) = try OktaClient.recording(returning: text)
        if case .openIdConnect(var app) = try await okta.application.getApplication("0oa1").variant {
            app.label = "New"
            try await okta.application.updateApplication(app.id, with: app)
        }
        #expect(transport.requests.last?.head.path == "/api/v1/apps/0oa1")
        #expect(
            transport.lastBody
                == #"{"id":"0oa1","signOnMode":"OPENID_CONNECT","label":"New","settings":{ "new": [ 1.50 ] },"x":null}"#
        )
    }

    @Test("Unions: variant can be changed in place")
    func variantInPlace() throws {
        func rename(_ variant: inout Application.Variant) {
            guard case .saml(var app) = variant else { return }
            app.label = "New"
            variant = .saml(app)
        }
        var app = Application(json: try JSON(parsing: #"{"signOnMode":"SAML_2_0","label":"Old","x":1.0}"#))
        rename(&app.variant)
        #expect(app.json.text == #"{"signOnMode":"SAML_2_0","label":"New","x":1.0}"#)
        #expect(app.label == "New")
        app.variant = .bookmark(BookmarkApplication(label: "Docs", settings: .init()))
        #expect(app.signOnMode == .bookmark)
        app.variant = .unknown(Application(json: ["label": "bare"]))
        #expect(app.json.text == #"{"label":"bare"}"#)
    }

    @Test("Unions: a policy that was read can be sent, although the body has another type")
    func replacePolicy() async throws {
        let text = #"{"id":"00p1","type":"ACCESS_POLICY","name":"Old","conditions":null}"#
        let (okta, transport) = try OktaClient.recording(returning: text)
        var policy = try await okta.policy.getPolicy("00p1")
        policy.name = "New"
        try await okta.policy.updatePolicy(policy.id, with: policy)
        #expect(transport.lastBody == #"{"id":"00p1","type":"ACCESS_POLICY","name":"New","conditions":null}"#)
        try await okta.policy.createPolicy(AccessPolicy(name: "Mobile"))
        #expect(transport.lastBody == #"{"type":"ACCESS_POLICY","name":"Mobile"}"#)
    }

    @Test("Unions: one expression sets a variant as a field")
    func fields() {
        var signOn = AccessPolicyRuleApplicationSignOn()
        signOn.verificationMethod = .assurance(.init(factorMode: .twoFactor))
        #expect(signOn.json.text == #"{"verificationMethod":{"type":"ASSURANCE","factorMode":"2FA"}}"#)
        signOn.verificationMethod = .init(AssuranceMethod(factorMode: .oneFactor))
        #expect(signOn.verificationMethod?.variant == .assurance(AssuranceMethod(factorMode: .oneFactor)))
        let statements = SamlApplicationSettingsSignOn.with {
            $0.attributeStatements = [.expression(.init(name: "a")), .group(.init(name: "b"))]
        }
        #expect(
            statements.json.text
                == #"{"attributeStatements":[{"type":"EXPRESSION","name":"a"},{"type":"GROUP","name":"b"}]}"#)
    }

    @Test("Unions: a variant with several discriminator values requires one of them")
    func severalValues() async throws {
        let (okta, transport) = try OktaClient.recording(returning: "{}")
        try await okta.user.assignRoleToUser("00u1", with: StandardRoleAssignmentSchema(type: .superAdmin))
        #expect(transport.lastBody == #"{"type":"SUPER_ADMIN"}"#)
        try await okta.group.assignRoleToGroup("00g1", with: .custom(.init(resourceSet: "iam1", role: "cr01")))
        #expect(transport.lastBody?.contains(#""type":"CUSTOM""#) == true)
        try await okta.authenticator.updateAuthenticator("aut1", with: Authenticator(key: .googleOtp, name: "Google"))
        #expect(transport.lastBody == #"{"key":"google_otp","name":"Google"}"#)
        try await okta.authenticator.updateAuthenticator("aut1", with: AuthenticatorKeyDuo(name: "Duo"))
        #expect(transport.lastBody == #"{"key":"duo","name":"Duo"}"#)
    }

    @Test("Unions: without a discriminator, a variant can be read and changed in place")
    func undiscriminated() {
        var group = Group.with { $0.profile = .init(OktaUserGroupProfile(name: "Staff")) }
        group.profile?.asOktaUserGroupProfile.description = "All"
        group.profile?["badge"] = "x"
        #expect(group.json.text == #"{"profile":{"name":"Staff","description":"All","badge":"x"}}"#)
    }
}
