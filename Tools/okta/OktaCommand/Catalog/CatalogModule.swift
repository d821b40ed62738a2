package import OktaRuntime
internal import Okta
internal import OktaGovernance
internal import OktaMyAccount
internal import OktaOAuthAPI

/// A generated module, as data. A further document needs a case here, and nothing else of the command line.
package enum CatalogModule: String, Sendable, CaseIterable {
    case management, governance, myaccount, oauth

    /// Its actions.
    package var registry: ActionRegistry {
        switch self {
        case .management: .okta
        case .governance: .oktaGovernance
        case .myaccount: .oktaMyAccount
        case .oauth: .oktaOAuthAPI
        }
    }

    /// What its actions mean.
    package var help: ActionHelpIndex {
        switch self {
        case .management: .okta
        case .governance: .oktaGovernance
        case .myaccount: .oktaMyAccount
        case .oauth: .oktaOAuthAPI
        }
    }

    /// Its models.
    package var schema: ModelSchema {
        switch self {
        case .management: .okta
        case .governance: .oktaGovernance
        case .myaccount: .oktaMyAccount
        case .oauth: .oktaOAuthAPI
        }
    }
}
