/// Emails to users about security changes. The Admin Console and Okta's Terraform provider use an undocumented path.
enum SecurityNotifications {
    static let settings = Singleton(
        path: "/api/internal/org/settings/security-notification-settings",
        initial: """
            {"sendEmailForNewDeviceEnabled":true,"sendEmailForFactorEnrollmentEnabled":true,\
            "sendEmailForFactorResetEnabled":true,"sendEmailForPasswordChangedEnabled":true,\
            "reportSuspiciousActivityEnabled":true,"customizedEmailsList":[],\
            "customizedEmailsWithReportButtonList":[]}
            """)
}
