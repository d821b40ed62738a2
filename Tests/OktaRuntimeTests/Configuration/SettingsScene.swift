import OktaRuntime

/// Complete settings in the environment, and the errors for others.
protocol SettingsScene {}

extension SettingsScene {
    static var secrets: [String] { ["t0ken-value", "hunter2", "BEGIN PRIVATE", "s3cret"] }

    static var complete: [String: String] {
        [
            "OKTA_CLIENT_ORGURL": "https://acme.okta.com", "OKTA_CLIENT_TOKEN": "t0ken-value",
            "OKTA_CLIENT_CONNECTIONTIMEOUT": "5", "OKTA_CLIENT_REQUESTTIMEOUT": "2.5",
            "OKTA_CLIENT_USERAGENT": "backup-tool/1.4", "OKTA_CLIENT_PROXY_HOST": "proxy.example.com",
            "OKTA_CLIENT_PROXY_PORT": "3128", "OKTA_CLIENT_PROXY_USERNAME": "a b",
            "OKTA_CLIENT_PROXY_PASSWORD": "hunter2@:",
            "OKTA_CLIENT_CLIENTID": "0oa1", "OKTA_CLIENT_SCOPES": "okta.users.read, okta.groups.read",
            "OKTA_CLIENT_PRIVATEKEY": "-----BEGIN PRIVATE KEY----- s3cret", "OKTA_CLIENT_KID": "key-1",
            "OKTA_CLIENT_RATELIMIT_MAXRETRIES": "3", "HOME": "/root",
        ]
    }

    func failure(_ environment: [String: String]) -> OktaError.ConfigurationFailure? {
        do throws(OktaError) {
            _ = try OktaConfiguration.fromEnvironment(environment)
            return nil
        } catch {
            guard case .configuration(let failure) = error else { return nil }
            return failure
        }
    }

    /// Returns the complete variables with changes; `nil` removes a variable.
    func complete(_ changes: [String: String?]) -> [String: String] {
        var environment = Self.complete
        for (name, value) in changes { environment[name] = value }
        return environment
    }
}
