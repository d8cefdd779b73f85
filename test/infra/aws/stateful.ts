/** Types of resources that hold something, or whose address others keep. */
export const STATEFUL_TYPES = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::Backup::BackupVault',
  'AWS::CloudFront::Distribution',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::DynamoDB::GlobalTable',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
])

/** Their logical ids in production, by stack. Whoever changes one here has CloudFormation make that thing anew. */
export const STATEFUL_IDS = {
  front: {
    AccessLogs8B620ECA: 'AWS::S3::Bucket',
    ApiF70053CD: 'AWS::ApiGatewayV2::Api',
    SiteE53D7754: 'AWS::S3::Bucket',
    Cdn9963B1AD: 'AWS::CloudFront::Distribution',
  },
  data: {
    TableCD117FA1: 'AWS::DynamoDB::GlobalTable',
    AccessLogs8B620ECA: 'AWS::S3::Bucket',
    PhotosB9552D0D: 'AWS::S3::Bucket',
    LogKey1781CFF57: 'AWS::KMS::Key',
    Log95422804: 'AWS::S3::Bucket',
    BackupKey60B97760: 'AWS::KMS::Key',
    Backups9A29A52D: 'AWS::Backup::BackupVault',
    PeopleE38C8D03: 'AWS::Cognito::UserPool',
    PeopleClient2DD6F9B5: 'AWS::Cognito::UserPoolClient',
    PeopleDomain2764DEB8: 'AWS::Cognito::UserPoolDomain',
  },
  service: {
    projectorstreamfailures27654563: 'AWS::SQS::Queue',
    sequencerstreamfailuresBF0909AB: 'AWS::SQS::Queue',
  },
  watch: {
    AlertsKey9D05DB5E: 'AWS::KMS::Key',
    Alerts91F83244: 'AWS::SNS::Topic',
  },
} as const
